import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { day, dayAhead, dayGone } from "./day-field";

// Half past midnight in Italy: in UTC it is still the day before.
beforeAll(() => {
  vi.useFakeTimers({ now: new Date("2026-11-28T23:30:00Z") });
});
afterAll(() => {
  vi.useRealTimers();
});

const problem = (field: typeof dayGone, value: string) => field.safeParse(value).error?.issues[0]?.message;

it("what has happened has happened by today, and not a century ago", () => {
  expect(problem(dayGone, "2026-11-29")).toBeUndefined();
  expect(problem(dayGone, "2026-11-30")).toBe("date_in_future");
  expect(problem(dayGone, "1970-01-01")).toBe("date_before");
  expect(problem(dayGone, "1899-12-31")).toBe("date_before");
  expect(problem(dayGone, "2026-02-30")).toBe("date_invalid");
});

it("what is to come is today or later", () => {
  expect(problem(dayAhead, "2026-11-29")).toBeUndefined();
  expect(problem(dayAhead, "2026-11-28")).toBe("date_past");
});

it("a day is read as people type it, and one that cannot be read is compared with no other", () => {
  expect(day.parse("1/3/2027")).toBe("2027-03-01");
  const inOrder = z
    .object({ from: day, to: day })
    .refine(({ from, to }) => from <= to, { path: ["to"], error: "dates_out_of_order" });
  const { error } = inOrder.safeParse({ from: "2027/01/01", to: "2027-06-30" });
  expect(error?.issues.map(({ path, message }) => [path.join(), message])).toEqual([
    ["from", "date_invalid"],
  ]);
});
