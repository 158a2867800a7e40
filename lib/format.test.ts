import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  daysBetween,
  formatDate,
  formatFileSize,
  formatInstant,
  formatMoney,
  formatNumber,
  formatShare,
  timeLeft,
} from "./format";

/** Non-breaking spaces are right on a page and a nuisance here. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("formatMoney", () => {
  it("writes cents as euro", () => {
    expect(plain(formatMoney(1_250_000, "it"))).toBe("12.500,00 €");
    expect(plain(formatMoney(120_405, "it"))).toBe("1.204,05 €");
    expect(plain(formatMoney(5, "it"))).toBe("0,05 €");
    expect(plain(formatMoney(-5, "it"))).toBe("-0,05 €");
    expect(formatMoney(1_250_000, "en")).toBe("€12,500.00");
  });

  it("is exact where a floating number is not", () => {
    expect(formatMoney(9_007_199_254_740_993n, "en")).toBe("€90,071,992,547,409.93");
  });

  it("loses no cent of any amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (cents) => {
        const digits = formatMoney(cents, "it").replace(/[^\d-]/g, "");
        expect(BigInt(digits)).toBe(cents);
      }),
    );
  });
});

describe("dates", () => {
  it("take a day as a day, wherever the server stands", () => {
    expect(formatDate("2026-11-22", "it")).toBe("22 novembre 2026");
    expect(formatDate("2026-11-22", "en")).toBe("22 November 2026");
  });

  it("show an instant in Italian time", () => {
    expect(formatInstant(new Date("2026-07-01T22:30:00Z"), "en")).toBe("2 July 2026 at 00:30");
    expect(formatDate(new Date("2026-07-01T22:30:00Z"), "it")).toBe("2 luglio 2026");
  });

  it("count whole days, over a change of the clock too", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysBetween("2026-11-22", "2026-11-01")).toBe(-21);
  });
});

describe("timeLeft", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  it.each([
    [59, { late: false, unit: "minutes", count: 0 }],
    [3599, { late: false, unit: "minutes", count: 59 }],
    [3600, { late: false, unit: "hours", count: 1 }],
    [48 * 3600 - 1, { late: false, unit: "hours", count: 47 }],
    [3 * 86_400 + 5, { late: false, unit: "days", count: 3 }],
    [-30, { late: true, unit: "minutes", count: 0 }],
    [-4 * 86_400, { late: true, unit: "days", count: 4 }],
  ])("%i seconds", (seconds, expected) => {
    expect(timeLeft(after(seconds), now)).toEqual(expected);
  });
});

describe("numbers", () => {
  it("group thousands in both languages", () => {
    expect(formatNumber(1204, "it")).toBe("1.204");
    expect(formatNumber(1204, "en")).toBe("1,204");
  });
  it("write shares and sizes", () => {
    expect(plain(formatShare(7640, "it"))).toBe("76,4%");
    expect(plain(formatFileSize(9_500_000, "it"))).toBe("9,5 MB");
    expect(plain(formatFileSize(120, "en"))).toBe("1 kB");
  });
});
