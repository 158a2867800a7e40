import { expect, test, vi } from "vitest";
import type { RecordOf } from "../../../protocol/records";
import type { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { type Attempt, attempt, letThrough } from "../../testing/machine";
import { pact } from "../../testing/pact-story";
import { people } from "../../testing/people";
import {
  admission,
  drawAndOpen,
  outcome,
  proposal,
  round,
  score,
  voters,
  withCall,
  withRegistrar,
} from "../../testing/story";

vi.setConfig({ testTimeout: 60_000 });

type ProposalState = RecordOf<"proposal">["state"];
type Step = (city: City) => Promise<unknown>;
const id = "garden";
const reasonDigest = digest("reason");

const start: Step = async (city) => {
  await withCall(city);
  for (const name of [id, "library"]) await city.submit(people.resident, "proposals:submit", proposal(name));
  await city.submit(people.officer, "proposals:publish", { id: "library" });
};
const publish: Step = (city) => city.submit(people.officer, "proposals:publish", { id });
const assess: Step = async (city) => {
  await city.advanceTo("2026-02-01");
  await city.submit(people.officer, "proposals:startAssessment", { id });
};
const scored =
  (need: number, inclusion: number): Step =>
  async (city) => {
    for (const assessor of [people.assessor, people.secondAssessor]) {
      await city.submit(assessor, "proposals:score", score(id, need, inclusion));
    }
  };
const admit: Step = async (city) => {
  await scored(4000, 6000)(city);
  await city.submit(people.officer, "proposals:admit", { id, act: act("admission") });
};
/** A vote whose outcome has it, or not. */
const vote =
  (selected: boolean): Step =>
  async (city) => {
    await freeze(city);
    await withRegistrar(city);
    await drawAndOpen(city);
    await city.submit(people.registrar, "rounds:admit", admission());
    const ballots = voters.map((voter) => voter.ballot("round-2026", 1, [1]));
    await city.submit(people.casting, "rounds:cast", { round: "round-2026", ballots });
    await city.submit(people.service, "rounds:close", { id: "round-2026" });
    const counted = outcome(selected ? [1] : [], [3]);
    await city.submit(people.officer, "rounds:count", { id: "round-2026", outcome: counted });
    for (const who of [people.officer, people.guarantor]) {
      await city.submit(who, "rounds:attest", { id: "round-2026", digest: counted.digest });
    }
    await city.advanceTo("2026-02-06");
    await city.submit(people.guarantor, "rounds:finalise", { id: "round-2026", act: act("round") });
  };
const freeze: Step = (city) => city.submit(people.officer, "rounds:freeze", round([id]));
/** An act of the day it is. */
const actOf = (city: City) => act("after the vote", "delibera", city.record("day", "day").day);
const inRound = (city: City) => ({ id, round: "round-2026", act: actOf(city) });
const fund: Step = (city) => city.submit(people.giunta, "proposals:fund", inRound(city));
const coDesign: Step = (city) => city.submit(people.coordinator, "proposals:startCoDesign", { id });

/** How a proposal gets to each of its states. */
const ways: Record<ProposalState, Step[]> = {
  submitted: [],
  published: [publish],
  under_assessment: [publish, assess],
  integration_requested: [
    publish,
    assess,
    (city) =>
      city.submit(people.technician, "proposals:requestIntegration", {
        id,
        reasonDigest,
        dueOn: "2026-03-01",
      }),
  ],
  admitted: [publish, assess, admit],
  not_admitted: [
    publish,
    assess,
    scored(0, 0),
    (city) => city.submit(people.officer, "proposals:reject", { id, act: act("no"), reasonDigest }),
  ],
  withdrawn: [(city) => city.submit(people.resident, "proposals:withdraw", { id })],
  merged: [
    publish,
    (city) => city.submit(people.officer, "proposals:merge", { id, into: "library", act: act("merge") }),
  ],
  on_ballot: [publish, assess, admit, freeze],
  funded: [publish, assess, admit, vote(true), fund],
  reserve: [
    publish,
    assess,
    admit,
    vote(false),
    (city) => city.submit(people.giunta, "proposals:reserve", inRound(city)),
  ],
  co_design: [publish, assess, admit, vote(true), fund, coDesign],
  pact_ready: [
    publish,
    assess,
    admit,
    vote(true),
    fund,
    coDesign,
    (city) => city.submit(people.coordinator, "proposals:readyForPact", { id, documentHash: digest("plan") }),
  ],
  abandoned: [
    publish,
    assess,
    admit,
    vote(true),
    fund,
    coDesign,
    (city) => city.submit(people.coordinator, "proposals:abandon", { id, act: actOf(city), reasonDigest }),
  ],
};

const attempts: Attempt[] = [
  attempt(people.officer, "proposals:publish", { id }),
  attempt(people.resident, "proposals:withdraw", { id }),
  attempt(people.officer, "proposals:merge", { id, into: "library", act: act("merge") }),
  attempt(people.officer, "proposals:separate", { id, act: act("separation") }),
  attempt(people.neighbour, "proposals:adhere", { id: "adhesion-1", proposal: id, kind: "support" }),
  attempt(people.officer, "proposals:startAssessment", { id }),
  attempt(people.technician, "proposals:requestIntegration", { id, reasonDigest, dueOn: "2026-03-01" }),
  attempt(people.resident, "proposals:integrate", {
    id,
    digest: digest("v2"),
    attachments: [],
    costCents: 1,
  }),
  attempt(people.assessor, "proposals:declareConflict", { proposal: id, reasonDigest }),
  attempt(people.assessor, "proposals:score", score(id, 1, 1)),
  attempt(people.officer, "proposals:admit", { id, act: act("admission") }),
  attempt(people.officer, "proposals:reject", { id, act: act("no"), reasonDigest }),
  attempt(people.giunta, "proposals:fund", inRound),
  attempt(people.giunta, "proposals:reserve", inRound),
  attempt(people.coordinator, "proposals:startCoDesign", { id }),
  attempt(people.coordinator, "proposals:readyForPact", { id, documentHash: digest("plan") }),
  attempt(people.coordinator, "proposals:abandon", (city) => ({ id, act: actOf(city), reasonDigest })),
  attempt(people.giunta, "proposals:allowBeyond", (city) => ({
    ...{ id, lines: [], beneficiaries: [], costCents: 2_000_000 },
    act: actOf(city),
  })),
  attempt(people.coordinator, "pacts:draft", pact()),
];

const judged = ["withdraw", "merge", "adhere", "declareConflict"];
const decided = ["adhere", "declareConflict"];
/** What may happen in each state, and nothing else. */
const allowed: Record<ProposalState, string[]> = {
  submitted: ["publish", "withdraw", "declareConflict", "reject"],
  published: [...judged, "startAssessment"],
  under_assessment: [...judged, "requestIntegration", "score", "admit", "reject"],
  integration_requested: [...judged, "integrate", "requestIntegration", "startAssessment", "reject"],
  admitted: ["withdraw", ...decided],
  not_admitted: [],
  withdrawn: [],
  merged: ["separate"],
  on_ballot: [...decided, "fund", "reserve"],
  funded: [...decided, "allowBeyond", "startCoDesign", "abandon"],
  reserve: [...decided, "fund", "abandon"],
  co_design: [...decided, "allowBeyond", "readyForPact", "abandon", "pacts:draft"],
  pact_ready: [...decided, "allowBeyond", "abandon", "pacts:draft"],
  abandoned: [],
};

test.each(Object.keys(ways) as ProposalState[])("a proposal that is %s", async (state) => {
  const stage = async (city: City) => {
    for (const step of [start, ...ways[state]]) await step(city);
    expect(city.record("proposal", id).state).toBe(state);
  };
  const passed = await letThrough(stage, id, attempts);
  expect(passed.map((name) => name.replace("proposals:", "")).sort()).toEqual([...allowed[state]].sort());
});
