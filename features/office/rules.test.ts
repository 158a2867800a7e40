import { describe, expect, it } from "vitest";
import { inTheirDistrict, oldestFirst, type RoundFacts, roundStep, type Waiting } from "./rules";

const round = (facts: Partial<RoundFacts>): RoundFacts => ({
  ...{ state: "frozen", opensOn: "2026-11-10", closesAt: new Date("2026-11-20T23:30:00Z") },
  ...{ attestedOn: null, objectionDays: 10, openObjections: 0 },
  ...facts,
});
const now = new Date("2026-11-15T12:00:00Z");

describe("the step a round waits for", () => {
  it("is its opening from the day it opens on, not before", () => {
    expect(roundStep(round({}), "2026-11-09", now)).toBeUndefined();
    expect(roundStep(round({}), "2026-11-10", now)).toEqual({ kind: "openRound", dueOn: "2026-11-10" });
  });

  it("is its closing once the hour is past, due on the day it is in Italy", () => {
    const open = round({ state: "open" });
    expect(roundStep(open, "2026-11-15", now)).toBeUndefined();
    const after = new Date("2026-11-20T23:30:00Z");
    expect(roundStep(open, "2026-11-21", after)).toEqual({ kind: "closeRound", dueOn: "2026-11-21" });
  });

  it("is counting, then attesting", () => {
    expect(roundStep(round({ state: "closed" }), "2026-11-21", now)?.kind).toBe("countRound");
    expect(roundStep(round({ state: "counted" }), "2026-11-21", now)?.kind).toBe("attestRound");
  });

  it("is making it final when the days for objecting are over and no objection is open", () => {
    const attested = round({ state: "attested", attestedOn: "2026-11-21" });
    expect(roundStep(attested, "2026-12-01", now)).toBeUndefined();
    expect(roundStep(attested, "2026-12-02", now)?.kind).toBe("finaliseRound");
    expect(roundStep({ ...attested, openObjections: 1 }, "2026-12-02", now)).toBeUndefined();
  });

  it("is none once it is final", () => {
    expect(roundStep(round({ state: "final" }), "2027-01-01", now)).toBeUndefined();
  });
});

describe("what waits", () => {
  const item = (id: string, since: string, dueOn?: string): Waiting => ({
    ...{ kind: "score" as const, id, title: id, since, place: { page: "proposal" as const, id } },
    ...(dueOn && { dueOn }),
  });

  it("is oldest first; of one day, what is due sooner, then by id", () => {
    const items = [
      item("d", "2026-11-02"),
      item("c", "2026-11-02"),
      item("b", "2026-11-02", "2026-12-01"),
      item("a", "2026-11-03"),
      item("e", "2026-11-01"),
    ];
    expect(oldestFirst(items).map(({ id }) => id)).toEqual(["e", "b", "c", "d", "a"]);
  });

  it("is for a role of one district only where it lies there", () => {
    expect(inTheirDistrict([{ district: 2 }], 2)).toBe(true);
    expect(inTheirDistrict([{ district: 2 }], 3)).toBe(false);
    expect(inTheirDistrict([{ district: 2 }, {}], 3)).toBe(true);
    expect(inTheirDistrict([{ district: 2 }], null)).toBe(true);
    expect(inTheirDistrict([], 2)).toBe(false);
    expect(inTheirDistrict([], undefined)).toBe(false);
  });
});
