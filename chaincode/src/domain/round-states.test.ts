import { expect, test, vi } from "vitest";
import { act, type City } from "../../testing/city";
import { digest, VoterKey } from "../../testing/keys";
import { type Attempt, attempt, letThrough } from "../../testing/machine";
import { people } from "../../testing/people";
import {
  admission,
  outcome,
  round,
  voters,
  withAdmitted,
  withCounted,
  withFinal,
  withOpenRound,
  withRegistrar,
} from "../../testing/story";
import type { RecordOf } from "../protocol/records";

vi.setConfig({ testTimeout: 60_000 });

type RoundState = RecordOf<"round">["state"];
const id = "round-2026";
const ids = ["garden", "library"];
const attestation = (city: City) => ({
  id,
  digest: city.record("round", id).outcome?.digest ?? digest("none"),
});

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
};

const attempts: Attempt[] = [
  attempt(people.officer, "rounds:open", { id }),
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
  attempt(people.giunta, "proposals:fund", { id: "garden", round: id, act: act("funding") }),
  attempt(people.giunta, "proposals:reserve", { id: "library", round: id, act: act("reserve") }),
];

/** What may happen in each state, and nothing else. */
const allowed: Record<RoundState, string[]> = {
  frozen: ["rounds:open", "rounds:admit"],
  open: ["rounds:admit", "rounds:cast", "rounds:close"],
  closed: ["rounds:count"],
  counted: ["rounds:attest", "rounds:object"],
  attested: ["rounds:attest", "rounds:object", "rounds:finalise"],
  final: ["proposals:fund", "proposals:reserve"],
};

test.each(Object.keys(ways) as RoundState[])("a round that is %s", async (state) => {
  const stage = async (city: City) => {
    await ways[state](city);
    expect(city.record("round", id).state).toBe(state);
  };
  const passed = await letThrough(stage, id, attempts, ["round_not_open"]);
  expect(passed.sort()).toEqual([...allowed[state]].sort());
});
