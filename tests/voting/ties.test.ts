/** Ties are named where they decided something, with those ahead, those behind and the reason. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createInstance, type Instance } from "@/voting/allocation/instance";
import type { Outcome } from "@/voting/allocation/outcome";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { elections, instanceOf } from "./elections";

const scores = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, "10"]));
const everyRule = (ids: readonly string[]) =>
  [
    { rule: "greedy" },
    { rule: "greedy-per-cost" },
    { rule: "mes" },
    { rule: "phragmen" },
    { rule: "score-plus-votes", scores: scores(ids) },
  ].map(parseRule);

/** Three projects over which four voters agree, with money for one. */
function alike(costs: readonly bigint[], tieOrder: readonly string[] | null = null): Instance {
  return createInstance({
    ...{ budget: 100n, moneyDecimals: 0, tieOrder },
    projects: ["1", "2", "10"].map((id, index) => ({ id, cost: costs[index] ?? 60n })),
    ballots: Array.from({ length: 4 }, () => [0, 1, 2].map((project) => ({ project, points: 1 }))),
  });
}

describe("three projects, as many votes, money for one", () => {
  test.each(everyRule(["1", "2", "10"]).map((rule) => [rule.rule, rule] as const))("%s", (_, rule) => {
    const ties = (instance: Instance) => allocate(instance, rule).ties;
    expect(ties(alike([]))).toEqual([{ ahead: ["1"], behind: ["2", "10"], decidedBy: "id" }]);
    expect(ties(alike([], ["10", "1", "2"]))).toEqual([
      { ahead: ["10"], behind: ["1", "2"], decidedBy: "drawn-order" },
    ]);
  });

  test("what costs less goes first, where the rule does not look at the cost", () => {
    for (const rule of [{ rule: "greedy" }, { rule: "score-plus-votes", scores: scores(["1", "2", "10"]) }]) {
      const { ties } = allocate(alike([60n, 60n, 59n]), parseRule(rule));
      expect(ties).toEqual([{ ahead: ["10"], behind: ["1", "2"], decidedBy: "cost" }]);
    }
  });
});

test("Equal Shares names all that asked for the same price", () => {
  // 40 for two voters and 60 for three are 20 each, and each voter has 20.
  const instance = createInstance({
    ...{ budget: 100n, moneyDecimals: 0 },
    projects: [
      { id: "1", cost: 40n },
      { id: "2", cost: 60n },
      { id: "3", cost: 40n },
    ],
    ballots: [[0, 1, 2], [0, 1], [1], [2], []].map((ballot) =>
      ballot.map((project) => ({ project, points: 1 })),
    ),
  });
  const { ties } = allocate(instance, parseRule({ rule: "mes", completion: "none", utility: "cardinality" }));
  expect(ties[0]).toEqual({ ahead: ["1"], behind: ["3", "2"], decidedBy: "id" });
});

test("score plus votes looks at votes before it looks at cost", () => {
  const instance = createInstance({
    ...{ budget: 60n, moneyDecimals: 0 },
    projects: [
      { id: "1", cost: 60n },
      { id: "2", cost: 50n },
    ],
    ballots: [[0], [0], [1]].map((ballot) => ballot.map((project) => ({ project, points: 1 }))),
  });
  const rule = parseRule({ rule: "score-plus-votes", weight: "10", scores: { 1: "0", 2: "5" } });
  expect(allocate(instance, rule).ties).toEqual([{ ahead: ["1"], behind: ["2"], decidedBy: "votes" }]);
});

test("no tie is named where all equals are selected, or where one would not have fit anyway", () => {
  const greedy = parseRule({ rule: "greedy" });
  expect(allocate(alike([30n, 30n, 30n]), greedy).ties).toEqual([]);
  expect(allocate(alike([60n, 101n, 101n]), greedy).ties).toEqual([]);
  expect(allocate(alike([101n, 101n, 101n]), greedy).ties).toEqual([]);
  const pair = parseRule({ rule: "greedy", incompatible: [["1", "2"]] });
  expect(allocate(alike([30n, 30n, 30n]), pair).ties).toEqual([
    { ahead: ["1", "10"], behind: ["2"], decidedBy: "id" },
  ]);
  const threshold = parseRule({ rule: "greedy", threshold: "5" });
  expect(allocate(alike([]), threshold).ties).toEqual([]);
});

test("two draws select differently only where one of them names a tie that the draw decided", () => {
  const named = ({ ties }: Outcome) => ties.some(({ decidedBy }) => decidedBy === "drawn-order");
  let differing = 0;
  const drawn = elections({ points: 1, cost: 4, budget: 14 }).chain((election) => {
    const ids = election.projects.map(({ id }) => id);
    const order = fc.shuffledSubarray(ids, { minLength: ids.length });
    return fc.record({
      ...{ election: fc.constant(election), first: order, second: order },
      rule: fc.constantFrom(...everyRule(ids)),
    });
  });
  fc.assert(
    fc.property(drawn, ({ election, first, second, rule }) => {
      const instance = instanceOf(election);
      const outcomes = [first, second].map((tieOrder) => allocate({ ...instance, tieOrder }, rule));
      const [one, other] = outcomes.map(({ selected }) => [...selected].sort().join());
      if (one === other) return;
      // An increment that one draw overspends is not in what it says of the outcome that stands.
      if (rule.rule === "mes" && outcomes[0]?.iterations !== outcomes[1]?.iterations) return;
      differing += 1;
      expect(outcomes.some(named)).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(differing).toBeGreaterThan(30);
});
