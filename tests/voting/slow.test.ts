import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { rational } from "@/voting/rational";
import { elections, instanceOf } from "./elections";
import { slowComparison, slowGreedy, slowGreedyPerCost, slowMes, slowPhragmen } from "./slow";

const utilities = fc.constantFrom("cost", "cardinality", "points", "points-x-cost");
const completions = fc.constantFrom("none", "utilitarian", "add1", "add1u");
const starts = fc.constantFrom("exact", "floor");
const stops = fc.constantFrom("exhaustive", "overspend");

describe("the rules agree with a slow and obvious implementation", () => {
  test.each([
    ["approvals", 1],
    ["points", 5],
  ])("Equal Shares on %s, with every utility, completion, start and stop", (_, points) => {
    fc.assert(
      fc.property(
        elections({ points }),
        utilities,
        completions,
        starts,
        stops,
        fc.constantFrom("1", "0.5", "3"),
        (election, utility, completion, start, stop, increment) => {
          const outcome = allocate(
            instanceOf(election),
            parseRule({ rule: "mes", utility, completion, start, stop, increment }),
          );
          const [n = "1", d = "1"] = increment === "0.5" ? ["1", "2"] : [increment];
          const slow = slowMes(election, {
            utility,
            completion,
            start,
            stop,
            increment: rational(BigInt(n), BigInt(d)),
          });
          expect(outcome.selected).toEqual(slow.selected);
          expect(outcome.endowment).toEqual(slow.endowment);
          expect(outcome.iterations).toBe(slow.iterations);
          if (slow.stop !== "") expect(outcome.stop).toBe(slow.stop);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("Equal Shares with amounts far above 2^53", () => {
    fc.assert(
      fc.property(
        elections({ points: 3 }),
        utilities,
        fc.bigInt({ min: 2n ** 50n, max: 2n ** 90n }),
        (election, utility, factor) => {
          const large = {
            ...election,
            budget: election.budget * factor,
            projects: election.projects.map(({ id, cost }) => ({ id, cost: cost * factor })),
          };
          const outcome = allocate(
            instanceOf(large),
            parseRule({ rule: "mes", utility, completion: "none" }),
          );
          const options = {
            utility,
            completion: "none",
            start: "exact",
            stop: "exhaustive",
            increment: rational(1n),
          } as const;
          expect(outcome.selected).toEqual(slowMes(large, options).selected);
          expect(outcome.selected).toEqual(slowMes(election, options).selected);
        },
      ),
      { numRuns: 300 },
    );
  });

  // The first scale is as far as whole numbers reach, the second far beyond what they tell apart.
  test.each([14n, 30n])(
    "prices that differ by very little are told apart, with amounts of about 10^%s",
    (exponent) => {
      const nudges = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 6, maxLength: 6 });
      fc.assert(
        fc.property(
          elections({ projects: 6, voters: 12, leastCost: 1, cost: 6 }),
          utilities,
          nudges,
          (election, utility, nudge) => {
            const scale = 10n ** exponent;
            const nudged = {
              ...election,
              budget: election.budget * scale,
              projects: election.projects.map(({ id, cost }, index) => ({
                id,
                cost: cost * scale + BigInt(nudge[index] ?? 0),
              })),
            };
            const outcome = allocate(
              instanceOf(nudged),
              parseRule({ rule: "mes", utility, completion: "none" }),
            );
            const options = {
              utility,
              completion: "none",
              start: "exact",
              stop: "exhaustive",
              increment: rational(1n),
            } as const;
            expect(outcome.selected).toEqual(slowMes(nudged, options).selected);
          },
        ),
        { numRuns: 1000 },
      );
    },
  );

  test("greedy by votes, greedy by votes per cost and sequential Phragmén", () => {
    fc.assert(
      fc.property(elections({ points: 3 }), (election) => {
        const instance = instanceOf(election);
        expect(allocate(instance, parseRule({ rule: "greedy" })).selected).toEqual(slowGreedy(election));
        expect(allocate(instance, parseRule({ rule: "greedy-per-cost" })).selected).toEqual(
          slowGreedyPerCost(election),
        );
        expect(allocate(instance, parseRule({ rule: "phragmen" })).selected).toEqual(slowPhragmen(election));
      }),
      { numRuns: 1500 },
    );
  });

  test("the comparison counts the same voters and lets greedy stand only where strictly more prefer it", () => {
    let greedyStood = 0;
    fc.assert(
      fc.property(
        elections({ points: 3, cost: 20 }),
        utilities,
        completions,
        (election, utility, completion) => {
          const rule = parseRule({ rule: "mes", utility, completion, comparison: true });
          const outcome = allocate(instanceOf(election), rule);
          const options = {
            utility,
            completion,
            start: "exact",
            stop: "exhaustive",
            increment: rational(1n),
          } as const;
          const mes = slowMes(election, options).selected;
          const greedy = slowGreedy(election);
          const counts = slowComparison(election, mes, greedy);
          expect(outcome.comparison).toMatchObject(counts);
          const keepsGreedy = counts.prefersGreedy > counts.prefersOutcome;
          if (keepsGreedy) greedyStood += 1;
          expect(outcome.selected).toEqual(keepsGreedy ? greedy : mes);
        },
      ),
      { numRuns: 600 },
    );
    expect(greedyStood).toBeGreaterThan(0);
  });
});
