import { describe, expect, test } from "vitest";
import { roundInstance } from "../allocation/round";
import { type BallotContent, type BallotForm, ballotForm } from "./content";
import { type OpenBallot, standingBallots } from "./kind";
import { projectList, type VoidReason, validateBallot } from "./validate";

const projects = [
  { id: "1", cost: 500n },
  { id: "2", cost: 300n },
  { id: "3", cost: 250n },
];
const list = projectList(projects);

function reasonFor(content: BallotContent, form: BallotForm): VoidReason["code"] | "valid" {
  const validation = validateBallot(content, form, list);
  return validation.valid ? "valid" : validation.reason.code;
}

describe("a ballot is void with the first reason found", () => {
  const approval = ballotForm("approval", { minChoices: 1, maxChoices: 2 });
  const grouped = ballotForm("approval", { groups: [{ projects: ["1", "2"], maxChoices: 1 }] });
  const knapsack = ballotForm("knapsack", { minCost: 300n, maxCost: 800n });
  const points = ballotForm("points", {
    minPoints: "0.5",
    maxPoints: "4",
    minSum: "2",
    maxSum: "6",
    maxChoices: 3,
  });
  const give = (choices: string[], given: string[]): BallotContent => ({
    type: "points",
    choices,
    points: given,
  });

  test.each<[BallotContent, BallotForm, VoidReason["code"] | "valid"]>([
    [{ type: "approval", choices: ["1", "3"] }, approval, "valid"],
    [{ type: "ranking", choices: ["1"] }, approval, "wrong-type"],
    [{ type: "approval", choices: ["9"] }, approval, "unknown-project"],
    [{ type: "approval", choices: ["1", "1"] }, approval, "repeated-project"],
    [{ type: "approval", choices: [] }, approval, "too-few-choices"],
    [{ type: "approval", choices: ["1", "2", "3"] }, approval, "too-many-choices"],
    [{ type: "choice", choices: ["1"] }, ballotForm("choice"), "valid"],
    [{ type: "choice", choices: [] }, ballotForm("choice"), "valid"],
    [{ type: "choice", choices: ["1", "2"] }, ballotForm("choice"), "too-many-choices"],
    [{ type: "knapsack", choices: ["1", "2"] }, knapsack, "valid"],
    [{ type: "knapsack", choices: ["1", "2", "3"] }, knapsack, "cost-too-high"],
    [{ type: "knapsack", choices: ["3"] }, knapsack, "cost-too-low"],
    [{ type: "ranking", choices: ["3", "1"] }, ballotForm("ranking"), "valid"],
    [{ type: "approval", choices: ["1", "3"] }, grouped, "valid"],
    [{ type: "approval", choices: ["1", "2"] }, grouped, "too-many-of-group"],
    [give(["1", "2"], ["4", "2"]), points, "valid"],
    [give(["1", "2"], ["4"]), points, "points-missing"],
    [give(["1"], ["four"]), points, "points-not-a-number"],
    [give(["1"], ["-1"]), points, "points-negative"],
    [give(["1"], ["0.25"]), points, "points-too-low"],
    [give(["1"], ["4.5"]), points, "points-too-high"],
    [give(["1"], ["1"]), points, "sum-too-low"],
    [give(["1", "2"], ["4", "2.01"]), points, "sum-too-high"],
    [give(["1"], ["2.0123456789"]), points, "points-too-precise"],
    [give(["1"], ["12345678"]), ballotForm("points"), "points-too-precise"],
    [give(["1"], ["-1"]), ballotForm("points", { minPoints: "-1" }), "valid"],
  ])("%j", (content, form, expected) => {
    expect(reasonFor(content, form)).toBe(expected);
  });
});

test("of each key the last ballot stands, and the list says nothing about time", () => {
  const ballot = (key: string, seq: number, choice: string): OpenBallot => ({
    kind: "open",
    key,
    seq,
    content: { type: "choice", choices: [choice] },
  });
  const cast = [
    ballot("b", 0, "1"),
    ballot("a", 2, "1"),
    ballot("b", 1, "2"),
    ballot("a", 1, "3"),
    ballot("b", 1, "3"),
  ];
  expect(standingBallots(cast)).toEqual([ballot("a", 2, "1"), ballot("b", 1, "2")]);
});

test("a round counts valid ballots only and says why the others are void", () => {
  const form = ballotForm("ranking", { maxChoices: 2 });
  const ballots: BallotContent[] = [
    { type: "ranking", choices: ["2", "1"] },
    { type: "ranking", choices: ["1", "2", "3"] },
    { type: "ranking", choices: ["3"] },
  ];
  const round = roundInstance({ budget: 1000n, projects, form, ballots });
  expect(round.void).toEqual([
    { ballot: 1, reason: { code: "too-many-choices", details: { choices: "3", most: "2" } } },
  ]);
  expect(round.instance.profile.voters).toBe(2);
  expect([...(round.instance.profile.points ?? [])]).toEqual([2, 1, 2]);
});
