import { describe, expect, test } from "vitest";
import { type BallotRulesOfRound, ballotProblem, choosingProblem, givenOf, marksOf } from "./rules";

const projects = [1, 2, 3, 4, 5].map((number) => ({ number, costCents: number * 100 }));
const round: BallotRulesOfRound = { ballot: { type: "approval", least: 2, most: 3 }, projects };

describe("whoever is choosing is told which limit is broken and by how much", () => {
  test.each([
    [[], { code: "no_choice", params: {} }],
    [[1], { code: "choose_more", params: { chosen: 1, least: 2, missing: 1 } }],
    [[1, 2, 3, 4, 5], { code: "choose_fewer", params: { chosen: 5, most: 3, over: 2 } }],
    [[1, 9], { code: "not_on_ballot", params: { number: 9 } }],
    [[1, 1], { code: "repeated_choice", params: {} }],
    [[1, 2], undefined],
  ])("%j", (choices, problem) => {
    expect(choosingProblem(round, { choices })).toEqual(problem);
  });
});

describe("what a form posts becomes a ballot", () => {
  const marks = [
    { number: 4, mark: 2 },
    { number: 1, mark: 1 },
  ];
  test.each([
    ["approval", { choices: [4, 1] }],
    ["ranking", { choices: [1, 4] }],
    ["points", { choices: [1, 4], points: [1, 2] }],
  ] as const)("%s", (type, given) => {
    expect(givenOf(type, marks)).toEqual(given);
    const posted = marksOf(type, given as never).map((text) => {
      const [number = 0, mark] = text.split(":").map(Number);
      return { number, mark };
    });
    expect(givenOf(type, posted)).toEqual(given);
  });

  test("a ranking with two projects in one place is none", () => {
    expect(
      givenOf("ranking", [
        { number: 1, mark: 1 },
        { number: 2, mark: 1 },
      ]),
    ).toBeUndefined();
  });

  test("points of nothing choose nothing", () => {
    expect(givenOf("points", [{ number: 1, mark: 0 }, { number: 2 }])).toEqual({ choices: [], points: [] });
  });
});

test.each<[BallotRulesOfRound["ballot"], Parameters<typeof ballotProblem>[1], string]>([
  [{ type: "knapsack", least: 1, most: 3, mostCents: 600 }, { choices: [3, 4] }, "choices_too_costly"],
  [
    { type: "points", least: 1, most: 3, points: { each: 3, total: 4 } },
    { choices: [1, 2], points: [3, 2] },
    "too_many_points",
  ],
  [
    { type: "approval", least: 1, most: 3, groups: [{ numbers: [1, 2], most: 1 }] },
    { choices: [1, 2] },
    "too_many_of_group",
  ],
])("%j refuses %j", (ballot, given, code) => {
  expect(ballotProblem({ ballot, projects }, given)?.code).toBe(code);
});
