import { expect, test } from "vitest";
import { inOrder } from "./order";

const projects = Array.from({ length: 12 }, (_, index) => ({
  number: index + 1,
  proposal: `proposal-${index + 1}`,
  costCents: (index % 3) * 1000,
  district: index % 4 === 0 ? null : index % 4,
}));
const numbers = (code: string, order: "drawn" | "cost" | "place") =>
  inOrder(projects, code, order).map(({ number }) => number);

test("one code gives one order, of every project once", () => {
  expect(numbers("a1", "drawn")).toEqual(numbers("a1", "drawn"));
  expect([...numbers("a1", "drawn")].sort((a, b) => a - b)).toEqual(projects.map(({ number }) => number));
});

test("two voters read the projects in different orders", () => {
  expect(numbers("a1", "drawn")).not.toEqual(numbers("b2", "drawn"));
});

test("by cost or by place, equals stay in the voter's own order", () => {
  const own = numbers("a1", "drawn");
  const cheapest = numbers("a1", "cost").slice(0, 4);
  expect(cheapest.every((number) => (number - 1) % 3 === 0)).toBe(true);
  expect(cheapest).toEqual(own.filter((number) => (number - 1) % 3 === 0));
  expect(numbers("a1", "place").slice(-3)).toEqual(own.filter((number) => (number - 1) % 4 === 0));
});

test("the order follows from the code alone: the digest of code, line break and proposal", () => {
  expect(numbers("c3", "drawn")).toEqual([11, 1, 2, 12, 8, 9, 7, 6, 10, 4, 3, 5]);
});
