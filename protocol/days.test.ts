import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addYears, legalDay } from "./days";

describe("the legal day", () => {
  test.each([
    ["2026-01-01T22:59:59Z", "2026-01-01"],
    ["2026-01-01T23:00:00Z", "2026-01-02"],
    ["2026-03-28T22:59:59Z", "2026-03-28"],
    ["2026-03-29T21:59:59Z", "2026-03-29"],
    ["2026-03-29T22:00:00Z", "2026-03-30"],
    ["2026-10-24T22:00:00Z", "2026-10-25"],
    ["2026-10-25T22:59:59Z", "2026-10-25"],
    ["2026-10-25T23:00:00Z", "2026-10-26"],
  ])("at %s is %s", (instant, day) => {
    expect(legalDay(Date.parse(instant))).toBe(day);
  });

  test("is the one of the time zone database, since the change of October is the Union's", () => {
    const rome = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome" });
    const instants = fc.integer({ min: Date.UTC(1996, 0), max: Date.UTC(2099, 11) });
    fc.assert(
      fc.property(instants, (ms) => legalDay(ms) === rome.format(ms)),
      { numRuns: 5000 },
    );
  });
});

describe("arithmetic of days", () => {
  test.each([
    ["2026-02-28", 1, "2026-03-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2026-03-29", 0, "2026-03-29"],
    ["2026-03-28", 2, "2026-03-30"],
  ])("%s and %i days", (day, count, later) => {
    expect(addDays(day, count)).toBe(later);
  });

  test("nine years from 29 February end on the 28th", () => {
    const limit = addYears("2028-02-29", 9);
    expect("2037-02-28" <= limit).toBe(true);
    expect("2037-03-01" <= limit).toBe(false);
  });
});
