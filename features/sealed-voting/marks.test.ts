import { expect, test } from "vitest";
import { contentProblem, type FormLimits } from "./content";
import { contentOf, marksOf } from "./marks";

const projects = [1, 2, 3, 4, 5].map((number) => ({ number, costCents: number * 1000 }));
const limits = (given: Partial<FormLimits>): FormLimits => ({
  ...{ type: "approval", least: 1, most: 3, budgetCents: 6000 },
  ...given,
});

test.each([
  ["approval", { 3: "x", 1: "x" }, { type: "approval", choices: ["1", "3"] }],
  ["knapsack", { 2: "x", 3: "" }, { type: "knapsack", choices: ["2"] }],
  ["choice", { 4: "x" }, { type: "choice", choices: ["4"] }],
  ["ranking", { 1: "2", 5: "1", 3: "4", 2: "" }, { type: "ranking", choices: ["5", "1", "3"] }],
  ["points", { 1: " 3 ", 2: "0", 4: "2,5" }, { type: "points", choices: ["1", "4"], points: ["3", "2.5"] }],
] as const)("marks of a %s ballot make the ballot, and the ballot the marks", (type, marks, content) => {
  const made = contentOf(type, marks);
  expect(made).toEqual(content);
  expect(contentOf(type, marksOf(made))).toEqual(content);
});

test("two projects in one place make no ranking", () => {
  expect(contentOf("ranking", { 1: "1", 2: "1" })).toBeNull();
});

test("what the count would call void is told before it is sealed", () => {
  const problem = (given: Partial<FormLimits>, marks: Record<number, string>) => {
    const form = limits(given);
    const content = contentOf(form.type, marks);
    return content && contentProblem(form, projects, content)?.code;
  };
  expect(problem({}, { 1: "x" })).toBeUndefined();
  expect(problem({}, {})).toBe("no-choice");
  expect(problem({ least: 2 }, { 1: "x" })).toBe("too-few-choices");
  expect(problem({}, { 1: "x", 2: "x", 3: "x", 4: "x" })).toBe("too-many-choices");
  expect(problem({ groups: [{ numbers: [1, 2], most: 1 }] }, { 1: "x", 2: "x" })).toBe("too-many-of-group");
  const knapsack = { type: "knapsack", mostCents: 6000 } as const;
  expect(problem(knapsack, { 1: "x", 5: "x" })).toBeUndefined();
  expect(problem(knapsack, { 2: "x", 5: "x" })).toBe("cost-too-high");
  const points = { type: "points", points: { each: 5, total: 5 } } as const;
  expect(problem(points, { 1: "6" })).toBe("points-too-high");
  expect(problem(points, { 1: "3", 2: "3" })).toBe("sum-too-high");
  expect(problem(points, { 1: "many" })).toBe("points-not-a-number");
  expect(problem(points, { 1: "1.5" })).toBe("points-too-precise");
  expect(problem(points, { 1: "-1" })).toBe("points-negative");
});
