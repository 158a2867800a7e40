import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayInItaly, instantAt, wallClock } from "./local-time";

const iso = (wall: string) => {
  const instant = instantAt(wall);
  return instant instanceof Date ? instant.toISOString() : instant;
};

describe("instantAt", () => {
  it("reads Italian clocks in winter and in summer", () => {
    expect(iso("2026-07-01T12:00")).toBe("2026-07-01T10:00:00.000Z");
    expect(iso("2026-12-01T12:00")).toBe("2026-12-01T11:00:00.000Z");
    expect(iso("2026-12-01T12:00:07")).toBe("2026-12-01T11:00:07.000Z");
  });

  it("is right in the hours around a change of the clock", () => {
    expect(iso("2027-03-28T01:30")).toBe("2027-03-28T00:30:00.000Z");
    expect(iso("2027-03-28T03:00")).toBe("2027-03-28T01:00:00.000Z");
    expect(iso("2027-10-31T01:30")).toBe("2027-10-30T23:30:00.000Z");
    expect(iso("2027-10-31T03:30")).toBe("2027-10-31T02:30:00.000Z");
  });

  it("refuses an hour that summer time leaves out", () => {
    expect(iso("2027-03-28T02:00")).toBe("hour_skipped");
    expect(iso("2027-03-28T02:30")).toBe("hour_skipped");
    expect(iso("2027-03-28T02:59:59")).toBe("hour_skipped");
  });

  it("takes an hour that comes twice as the first", () => {
    expect(iso("2027-10-31T02:30")).toBe("2027-10-31T00:30:00.000Z");
  });

  it("refuses what is no time", () => {
    for (const wall of [
      "",
      "2026-02-30T12:00",
      "2026-12-01",
      "2026-12-01T24:00",
      "2026-12-01T12:00Z",
      "dopodomani",
    ])
      expect(iso(wall)).toBe("date_invalid");
  });
});

it("what is shown and saved again without a change is the same instant", () => {
  const anyTime = fc.date({
    min: new Date("2000-01-01T00:00:00Z"),
    max: new Date("2099-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(anyTime, (instant) => {
      const again = instantAt(wallClock(instant));
      // The second pass of a doubled hour reads as the first: it is the only instant that does not come back.
      const second = new Date(instant.getTime() - 3_600_000);
      expect([
        instant.getTime(),
        wallClock(second) === wallClock(instant) ? second.getTime() : NaN,
      ]).toContain(again instanceof Date ? again.getTime() : again);
    }),
    { numRuns: 2000 },
  );
});

it("a day is the day in Rome, also just after midnight", () => {
  expect(dayInItaly(new Date("2026-12-01T23:30:00Z"))).toBe("2026-12-02");
  expect(dayInItaly(new Date("2026-12-01T22:59:59Z"))).toBe("2026-12-01");
  expect(dayInItaly(new Date("2026-07-01T22:00:00Z"))).toBe("2026-07-02");
});
