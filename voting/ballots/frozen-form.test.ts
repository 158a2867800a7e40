import fc from "fast-check";
import { expect, test } from "vitest";
import { roundInstance } from "../allocation/round";
import { tallyBallots } from "../allocation/tally";
import type { BallotContent } from "./content";
import { type FrozenBallot, formOfFrozen, mostVotesOf } from "./frozen-form";

const projects = [1, 2, 3, 4].map((number) => ({ id: String(number), cost: BigInt(number * 100) }));

const frozen: fc.Arbitrary<FrozenBallot> = fc.record({
  type: fc.constantFrom("approval", "choice", "knapsack", "ranking", "points"),
  least: fc.constantFrom(0, 1),
  most: fc.integer({ min: 1, max: 4 }),
  mostCents: fc.integer({ min: 100, max: 1_000 }),
  points: fc.record({ each: fc.integer({ min: 1, max: 5 }), total: fc.integer({ min: 5, max: 9 }) }),
  groups: fc.constantFrom(undefined, [{ numbers: [1, 3], most: 1 }]),
});

const contents = (type: FrozenBallot["type"]): fc.Arbitrary<BallotContent> =>
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 })), {
      selector: ([number]) => number,
      maxLength: 4,
    })
    .map((marks): BallotContent => {
      const choices = marks.map(([number]) => String(number));
      if (type !== "points") return { type, choices };
      return { type, choices, points: marks.map(([, given]) => String(given)) };
    });

test("ballots within the limits of a round give no more votes than these allow", () => {
  fc.assert(
    fc.property(
      frozen.chain((ballot) =>
        fc.tuple(fc.constant(ballot), fc.array(contents(ballot.type), { minLength: 1 })),
      ),
      ([ballot, ballots]) => {
        const { instance } = roundInstance({ budget: 1_000n, projects, form: formOfFrozen(ballot), ballots });
        const { votes } = tallyBallots(instance);
        const { voters } = instance.profile;
        const { each, all } = mostVotesOf(ballot);
        expect(votes.every((count) => count <= BigInt(voters * each))).toBe(true);
        expect(votes.reduce((sum, count) => sum + count, 0n)).toBeLessThanOrEqual(BigInt(voters * all));
      },
    ),
  );
});

test.each<[FrozenBallot, BallotContent, number]>([
  [{ type: "knapsack", least: 1, most: 3, mostCents: 300 }, { type: "knapsack", choices: ["1", "2"] }, 0],
  [{ type: "knapsack", least: 1, most: 3, mostCents: 299 }, { type: "knapsack", choices: ["1", "2"] }, 1],
  [
    { type: "points", least: 1, most: 2, points: { each: 3, total: 4 } },
    { type: "points", choices: ["4"], points: ["3"] },
    0,
  ],
  [
    { type: "points", least: 1, most: 2, points: { each: 3, total: 4 } },
    { type: "points", choices: ["4"], points: ["0"] },
    1,
  ],
  [
    { type: "points", least: 1, most: 2, points: { each: 3, total: 4 } },
    { type: "points", choices: ["4"], points: ["1.5"] },
    1,
  ],
])("%j: of %j so many are void: %i", (ballot, content, count) => {
  const instance = { budget: 1_000n, projects, form: formOfFrozen(ballot), ballots: [content] };
  expect(roundInstance(instance).void).toHaveLength(count);
});
