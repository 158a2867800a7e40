import { expect, test, vi } from "vitest";
import type { RecordOf } from "../../../protocol/records";
import type { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest, VoterKey } from "../../testing/keys";
import { type Attempt, attempt, letThrough } from "../../testing/machine";
import { people } from "../../testing/people";
import {
  admission,
  outcome,
  reveal,
  round,
  voters,
  withAdmitted,
  withCounted,
  withFinal,
  withOpenRound,
  withRegistrar,
} from "../../testing/story";

vi.setConfig({ testTimeout: 60_000 });

type RoundState = RecordOf<"round">["state"];
const id = "round-2026";
const ids = ["garden", "library"];
const attestation = (city: City) => ({
  id,
  digest: city.record("round", id).outcome?.digest ?? digest("none"),
});

const annulment = { id, act: act("annulment"), reasonDigest: digest("why") };

/** How a round gets to each of its states. */
const ways: Record<RoundState, (city: City) => Promise<void>> = {
  frozen: async (city) => {
    await withAdmitted(city, ids);
    await withRegistrar(city);
    await city.submit(people.officer, "rounds:freeze", round(ids));
  },
  open: (city) => withOpenRound(city, ids),
  closed: async (city) => {
    await withOpenRound(city, ids);
    await city.submit(people.service, "rounds:close", { id });
  },
  counted: (city) => withCounted(city, ids),
  attested: async (city) => {
    await withCounted(city, ids);
    for (const who of [people.officer, people.guarantor])
      await city.submit(who, "rounds:attest", attestation(city));
  },
  final: (city) => withFinal(city, ids),
  annulled: async (city) => {
    await withOpenRound(city, ids);
    await city.submit(people.guarantor, "rounds:annul", annulment);
  },
};

const attempts: Attempt[] = [
  attempt(people.officer, "rounds:open", { id, reveal }),
  attempt(people.registrar, "rounds:admit", admission([new VoterKey("late")], [9])),
  attempt(people.casting, "rounds:cast", {
    round: id,
    ballots: [(voters[0] as VoterKey).ballot(id, 7, [1])],
  }),
  attempt(people.service, "rounds:close", { id }),
  attempt(people.officer, "rounds:count", { id, outcome: outcome([1], [3, 0]) }),
  attempt(people.coordinator, "rounds:attest", attestation),
  attempt(people.neighbour, "rounds:object", { id: "objection-1", round: id, digest: digest("why") }),
  attempt(people.guarantor, "rounds:finalise", { id, act: act("final") }),
  attempt(people.officer, "rounds:place", { id }),
  attempt(people.service, "rounds:draw", { id, contribution: digest("number") }),
  attempt(people.guarantor, "rounds:annul", annulment),
  attempt(people.service, "rounds:release", { id }),
  attempt(people.giunta, "proposals:fund", { id: "garden", round: id, act: act("funding") }),
  attempt(people.giunta, "proposals:reserve", { id: "library", round: id, act: act("reserve") }),
];

/** What may happen in each state, and nothing else. */
const allowed: Record<RoundState, string[]> = {
  frozen: ["rounds:open", "rounds:admit", "rounds:place", "rounds:draw", "rounds:annul"],
  open: ["rounds:admit", "rounds:cast", "rounds:close", "rounds:annul"],
  closed: ["rounds:count", "rounds:annul"],
  counted: ["rounds:attest", "rounds:object", "rounds:annul"],
  attested: ["rounds:attest", "rounds:object", "rounds:finalise", "rounds:annul"],
  final: ["proposals:fund", "proposals:reserve"],
  annulled: ["rounds:release"],
};

test.each(Object.keys(ways) as RoundState[])("a round that is %s", async (state) => {
  const stage = async (city: City) => {
    await ways[state](city);
    expect(city.record("round", id).state).toBe(state);
  };
  // The proposals of an annulled round are on no ballot: their own state refuses to decide on them.
  const tried = state === "annulled" ? attempts.filter(({ name }) => name.startsWith("rounds:")) : attempts;
  const passed = await letThrough(stage, id, tried, ["round_not_open"]);
  expect(passed.sort()).toEqual([...allowed[state]].sort());
});
