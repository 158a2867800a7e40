import { describe, expect, test } from "vitest";
import { VotingError } from "../errors";
import { createInstance, type InstanceInput } from "./instance";
import { allocate, canonicalRule, parseRule, RULE_CODE_VERSION } from "./rule";

describe("a rule as it is hashed", () => {
  test("is complete, in one order, with the version of the code", () => {
    expect(canonicalRule(parseRule({ rule: "mes" }))).toBe(
      `{"code":"${RULE_CODE_VERSION}","comparison":false,"completion":"add1u","increment":"1","rule":"mes","start":"exact","stop":"exhaustive","utility":"cost"}`,
    );
  });

  test("does not tell apart what counts the same", () => {
    const same = (a: object, b: object) =>
      expect(canonicalRule(parseRule(a))).toBe(canonicalRule(parseRule(b)));
    same({ rule: "mes", increment: "1.50" }, { increment: "1.5", rule: "mes" });
    same(
      { rule: "mes", completion: "none", start: "floor", increment: "7" },
      { rule: "mes", completion: "none" },
    );
    same(
      {
        rule: "greedy",
        incompatible: [
          ["b", "a"],
          ["a", "b"],
          ["c", "a"],
        ],
      },
      {
        rule: "greedy",
        incompatible: [
          ["a", "c"],
          ["a", "b"],
        ],
      },
    );
    same(
      { rule: "score-plus-votes", scores: { b: "2.0", a: "1" } },
      { rule: "score-plus-votes", scores: { a: "1", b: "2" }, weight: "50" },
    );
  });

  test.each([
    [null],
    [{}],
    [{ rule: "toString" }],
    [{ rule: "greedy", utility: "cost" }],
    [{ rule: "mes", utility: "joy" }],
    [{ rule: "mes", increment: 1 }],
    [{ rule: "mes", increment: "-1" }],
    [{ rule: "mes", comparison: "yes" }],
    [{ rule: "greedy", incompatible: [["a", "a"]] }],
    [{ rule: "greedy", incompatible: [["a"]] }],
    [{ rule: "greedy", threshold: "many" }],
    [{ rule: "score-plus-votes" }],
    [{ rule: "score-plus-votes", scores: { a: "good" } }],
    [{ rule: "score-plus-votes", scores: {}, weight: "-5" }],
  ])("%j is no rule", (value) => {
    expect(() => parseRule(value)).toThrow(VotingError);
  });
});

describe("an instance is checked before it is counted", () => {
  const good: InstanceInput = {
    budget: 10n,
    projects: [
      { id: "a", cost: 5n },
      { id: "b", cost: 5n },
    ],
    ballots: [[{ project: 0, points: 1 }]],
  };
  test.each<[string, Partial<InstanceInput>, VotingError["code"]]>([
    ["a negative budget", { budget: -1n }, "negative-budget"],
    [
      "an id twice",
      {
        projects: [
          { id: "a", cost: 1n },
          { id: "a", cost: 2n },
        ],
      },
      "duplicate-project",
    ],
    ["an empty id", { projects: [{ id: "", cost: 1n }] }, "empty-project-id"],
    ["a negative cost", { projects: [{ id: "a", cost: -1n }] }, "negative-cost"],
    ["a choice of nothing", { ballots: [[{ project: 2, points: 1 }]] }, "unknown-project"],
    [
      "a choice made twice",
      {
        ballots: [
          [
            { project: 0, points: 1 },
            { project: 0, points: 1 },
          ],
        ],
      },
      "duplicate-choice",
    ],
    ["points beyond integers", { ballots: [[{ project: 0, points: 2 ** 53 }]] }, "points-out-of-range"],
    ["a fraction of a point unit", { ballots: [[{ project: 0, points: 0.5 }]] }, "points-out-of-range"],
    ["a drawn order without all", { tieOrder: ["a"] }, "tie-order"],
    ["a drawn order with one twice", { tieOrder: ["a", "a"] }, "tie-order"],
    ["a drawn order with another", { tieOrder: ["a", "c"] }, "tie-order"],
    ["decimals that are none", { moneyDecimals: 1.5 }, "money-decimals"],
  ])("%s", (_, changed, code) => {
    expect(createInstance(good).profile.voters).toBe(1);
    try {
      createInstance({ ...good, ...changed });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(VotingError);
      expect((error as VotingError).code).toBe(code);
    }
  });

  test("a rule that does not fit it is refused", () => {
    const instance = createInstance(good);
    expect(() => allocate(instance, parseRule({ rule: "greedy", incompatible: [["a", "z"]] }))).toThrow(
      /no project z/,
    );
    expect(() => allocate(instance, parseRule({ rule: "score-plus-votes", scores: { a: "1" } }))).toThrow(
      /project b has no technical score/,
    );
  });
});

test("without ballots nobody has money, and greedy still takes what fits", () => {
  const instance = createInstance({
    budget: 5n,
    projects: [
      { id: "a", cost: 5n },
      { id: "b", cost: 0n },
    ],
    ballots: [],
  });
  const mes = (completion: string) => allocate(instance, parseRule({ rule: "mes", completion }));
  expect(mes("none")).toMatchObject({
    selected: [],
    voters: 0,
    endowment: { n: 0n, d: 1n },
    stop: "all-selected",
  });
  expect(mes("add1u").selected).toEqual(["b", "a"]);
  expect(allocate(instance, parseRule({ rule: "phragmen" })).selected).toEqual([]);
});
