import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { frozenText } from "../../../protocol/digests";
import type { RecordOf } from "../../../protocol/records";
import type { BallotRules } from "../../../protocol/records/rounds";
import { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest, VoterKey } from "../../testing/keys";
import { people, torino } from "../../testing/people";
import { admission, outcome, voters, withCounted, withOpenRound } from "../../testing/story";
import type { CastResult } from "./ballots";

vi.setConfig({ testTimeout: 60_000 });

const round = "round-2026";
const ids = ["garden", "library"];
const open = (city: City) => withOpenRound(city, ids);
const counted = (city: City) => withCounted(city, ids);
const [first = new VoterKey("v1"), second = new VoterKey("v2"), third = new VoterKey("v3")] = voters;

describe("casting", () => {
  test("each ballot of a batch is judged by itself", async () => {
    const city = await City.after(open);
    const forged = { ...second.ballot(round, 1, [2]), choices: [1] };
    const ballots = [
      first.ballot(round, 1, [1]),
      first.ballot(round, 1, [1]),
      forged,
      second.ballot(round, 2, [1, 2]),
      third.ballot(round, 1, [9]),
      new VoterKey("nobody").ballot(round, 1, [1]),
    ];
    const { result, event } = await city.submit(people.casting, "rounds:cast", { round, ballots });
    const codes = ((result?.ballots ?? []) as CastResult[]).map(({ accepted, code }) => code ?? accepted);
    expect(codes).toEqual([
      true,
      "ballot_already_cast",
      "bad_signature",
      true,
      "not_on_ballot",
      "key_not_admitted",
    ]);
    expect(event.entries.map(({ record }) => (record as RecordOf<"ballot">).choices)).toEqual([[1], [1, 2]]);
    expect(event.commons).toEqual([]);
  });

  test.each<[string, BallotRules, { choices: number[]; points?: number[] }, number[]]>([
    ["a knapsack", { type: "knapsack", least: 1, most: 2, mostCents: 1_000_000 }, { choices: [2] }, [0, 1]],
    ["a ranking", { type: "ranking", least: 1, most: 2 }, { choices: [2, 1] }, [1, 2]],
    [
      "points",
      { type: "points", least: 1, most: 2, points: { each: 5, total: 6 } },
      { choices: [1, 2], points: [5, 1] },
      [5, 1],
    ],
  ])("%s is taken as it was signed, and its votes fit the outcome", async (_, ballot, given, votes) => {
    const city = await City.after((before) => withOpenRound(before, ids, { ballot }));
    const { choices, points } = given;
    const signed = points ? first.pointsBallot(round, 1, choices, points) : first.ballot(round, 1, choices);
    const { event } = await city.submit(people.casting, "rounds:cast", { round, ballots: [signed] });
    expect(event.entries.map(({ record }) => record)).toEqual([expect.objectContaining(given)]);
    await city.submit(people.service, "rounds:close", { id: round });
    const more = votes.map((count) => count * 2 + 1);
    await expect(
      city.submit(people.officer, "rounds:count", { id: round, outcome: outcome([1], more, { ballots: 1 }) }),
    ).rejects.toThrow("outcome.votes");
    await city.submit(people.officer, "rounds:count", {
      id: round,
      outcome: outcome([1], votes, { ballots: 1 }),
    });
  });

  test("a vote reads its round's phase and its own keys, and ranges over nothing", async () => {
    const city = await City.after(open);
    const { simulation } = await city.simulate(people.casting, "rounds:cast", {
      round,
      ballots: [first.ballot(round, 1, [1])],
    });
    const keys = [...simulation.reads.keys()].map((key) => key.split("\0").slice(1, -1).join("/"));
    expect(keys.map((key) => key.replace(/command\/.*/, "command")).sort()).toEqual([
      `admission/${round}/${first.publicKey}`,
      `ballot/${round}/${first.publicKey}/000001`,
      "command",
      "day/day",
      `phase/${round}`,
    ]);
    expect(simulation.ranges.size).toBe(0);
  });

  test("votes of one block do not meet each other; the same vote twice does", async () => {
    const city = await City.after(open);
    const cast = (voter: VoterKey, seq: number) =>
      city.simulate(people.casting, "rounds:cast", { round, ballots: [voter.ballot(round, seq, [1])] });
    const together = [
      await cast(first, 1),
      await cast(second, 1),
      await cast(first, 2),
      await cast(first, 1),
    ];
    expect(together.map(({ simulation }) => city.state.commit(simulation))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test("a vote in flight when the round closes is not counted", async () => {
    const city = await City.after(open);
    const late = await city.simulate(people.casting, "rounds:cast", {
      round,
      ballots: [first.ballot(round, 1, [1])],
    });
    await city.submit(people.service, "rounds:close", { id: round });
    expect(city.state.commit(late.simulation)).toBe(false);
  });

  test("keys admitted in one block cannot share a slot", async () => {
    const city = await City.after(open);
    const together = [
      await city.simulate(people.registrar, "rounds:admit", admission([new VoterKey("a")], [5])),
      await city.simulate(people.registrar, "rounds:admit", admission([new VoterKey("b")], [5])),
    ];
    expect(together.map(({ simulation }) => city.state.commit(simulation))).toEqual([true, false]);
  });

  test("any sequence of ballots leaves what a list of them would", async () => {
    const keys = [...voters, new VoterKey("nobody")];
    const drawn = fc.array(
      fc.record({
        voter: fc.nat(3),
        seq: fc.integer({ min: 1, max: 3 }),
        choices: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
        forged: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(drawn, fc.nat(3), async (list, size) => {
        const city = await City.after(open);
        const expected = new Map<string, number[]>();
        for (let start = 0; start < list.length; start += size + 1) {
          const batch = list.slice(start, start + size + 1);
          const ballots = batch.map(({ voter, seq, choices, forged }) => ({
            ...(keys[voter] ?? first).ballot(round, seq, choices),
            ...(forged ? { signature: "ab".repeat(64) } : {}),
          }));
          for (const { voter, seq, choices, forged } of batch) {
            const name = `${voter} ${seq}`;
            const valid =
              choices.length >= 1 && choices.length <= 2 && new Set(choices).size === choices.length;
            const known = voter < 3 && choices.every((number) => number <= 2);
            if (!forged && valid && known && !expected.has(name)) expected.set(name, choices);
          }
          await city.submit(people.casting, "rounds:cast", { round, ballots }).catch(() => undefined);
        }
        const kept = city.state.all<RecordOf<"ballot">>(torino, "ballot");
        const names = kept.map(({ key, seq, choices }) => [
          `${keys.findIndex(({ publicKey }) => publicKey === key)} ${seq}`,
          choices,
        ]);
        expect(Object.fromEntries(names)).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 60, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);
});

describe("a frozen round", () => {
  test("says the same from freezing to finality", async () => {
    const city = await City.after(counted);
    const texts = new Set<string>();
    const look = () => {
      const record = city.record("round", round);
      expect(record.frozenDigest).toBe(digest(frozenText(record)));
      texts.add(frozenText(record));
    };
    look();
    const attested = city.record("round", round).outcome?.digest ?? "";
    for (const who of [people.officer, people.guarantor, people.coordinator]) {
      await city.submit(who, "rounds:attest", { id: round, digest: attested });
      look();
    }
    expect(city.record("round", round)).toMatchObject({ state: "attested", attestedOn: "2026-02-01" });
    await city.submit(people.neighbour, "rounds:object", { id: "objection-1", round, digest: digest("why") });
    look();
    await city.advanceTo("2026-02-06");
    await city.submit(people.guarantor, "rounds:decideObjection", {
      id: "objection-1",
      upheld: false,
      digest: digest("no"),
    });
    const { event } = await city.submit(people.guarantor, "rounds:finalise", {
      id: round,
      act: act("final"),
    });
    look();
    expect(texts.size).toBe(1);
    expect(event.commons).toEqual(["commons-garden", "commons-library"]);
  });

  test("an upheld objection has it counted and attested anew", async () => {
    const city = await City.after(counted);
    await city.submit(people.officer, "rounds:attest", {
      id: round,
      digest: city.record("round", round).outcome?.digest ?? "",
    });
    await city.submit(people.neighbour, "rounds:object", { id: "objection-1", round, digest: digest("why") });
    await city.submit(people.guarantor, "rounds:decideObjection", {
      id: "objection-1",
      upheld: true,
      digest: digest("yes"),
    });
    const reopened = city.record("round", round);
    expect(reopened).toMatchObject({ state: "closed", attestations: [], openObjections: 0 });
    expect(reopened.outcome).toBeUndefined();
    const ballots = [first.ballot(round, 2, [2])];
    expect(await city.refusal(people.casting, "rounds:cast", { round, ballots })).toBe("round_not_open");
    await city.submit(people.officer, "rounds:count", { id: round, outcome: outcome([2], [1, 2]) });
    expect(city.record("round", round)).toMatchObject({ state: "counted", outcome: { selected: [2] } });
    await city.submit(people.neighbour, "rounds:object", {
      id: "objection-2",
      round,
      digest: digest("again"),
    });
  });
});
