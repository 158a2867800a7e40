import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageScore, callPhase, missingFields, slugOf } from "./rules";

describe("callPhase", () => {
  it("counts both its first and its last day as open", () => {
    const call = { opensOn: "2026-03-01", closesOn: "2026-03-31" };
    expect(callPhase(call, "2026-02-28")).toBe("coming");
    expect(callPhase(call, "2026-03-01")).toBe("open");
    expect(callPhase(call, "2026-03-31")).toBe("open");
    expect(callPhase(call, "2026-04-01")).toBe("closed");
  });
});

describe("missingFields", () => {
  it("names what is missing in the order of the screens", () => {
    const missing = missingFields({ answers: {}, place: null, subject: null, costCents: null });
    expect(missing[0]).toEqual({ step: "where", field: "commonsName" });
    expect(missing.map(({ field }) => field)).toContain("cost");
  });

  it("counts blanks as nothing", () => {
    const missing = missingFields({ answers: { title: "  " }, place: null, subject: "x", costCents: 1n });
    expect(missing.map(({ field }) => field)).toContain("title");
  });
});

describe("a cost", () => {
  const dossier = { answers: {}, place: null, subject: "x" };
  const fields = (costCents: bigint, maxCostCents?: bigint) =>
    missingFields({ ...dossier, costCents, ...(maxCostCents !== undefined && { maxCostCents }) }).map(
      ({ field }) => field,
    );

  it("may reach what the call gives and not pass it", () => {
    expect(fields(500n, 500n)).not.toContain("costOverLimit");
    expect(fields(501n, 500n)).toContain("costOverLimit");
    expect(fields(501n)).not.toContain("costOverLimit");
  });
});

describe("averageScore and slugOf", () => {
  it("rounds down and has no average of nothing", () => {
    expect(averageScore([])).toBeUndefined();
    expect(averageScore([7000, 7001])).toBe(7000);
  });

  it("makes an address of any title", () => {
    expect(slugOf("Città è più bella!")).toBe("citta-e-piu-bella");
    expect(slugOf("«»")).toBe("proposta");
    fc.assert(fc.property(fc.string(), (title) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slugOf(title))));
  });
});
