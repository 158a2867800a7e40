import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEuro, typedEuro } from "./money";

describe("parseEuro", () => {
  it.each([
    ["12.500,00", 1_250_000n],
    ["12500", 1_250_000n],
    ["€ 1 200,5", 120_050n],
    ["0,99", 99n],
    ["1.234.567,89", 123_456_789n],
    ["12.50", 1_250n],
    ["12.500", 1_250_000n],
  ])("reads %s in Italian", (typed, cents) => {
    expect(parseEuro(typed, "it")).toBe(cents);
  });

  it("groups as the language does", () => {
    expect(parseEuro("12,500.00", "en")).toBe(1_250_000n);
    expect(parseEuro("12,500.00", "it")).toBeUndefined();
    expect(parseEuro("12,505", "it")).toBeUndefined();
    expect(parseEuro("12.505", "en")).toBeUndefined();
  });

  it.each([
    "",
    "-5",
    "12,345.678",
    "1.2.3",
    "12,555,5",
    "dodici",
    "1e5",
    "12.50.00",
    "0x10",
    "12.5000",
    "10,005",
  ])("refuses %j", (typed) => {
    expect(parseEuro(typed, "it")).toBeUndefined();
  });

  it("reads back every amount it could have printed", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999n }), (cents) => {
        const euros = (cents / 100n).toString();
        const rest = (cents % 100n).toString().padStart(2, "0");
        const groups = euros.replace(/\B(?=(\d{3})+$)/g, ".");
        expect(parseEuro(`${groups},${rest}`, "it")).toBe(cents);
        expect(parseEuro(`${euros},${rest}`, "it")).toBe(cents);
      }),
    );
  });
});

describe("typedEuro", () => {
  it("writes what parseEuro reads back, in either language", () => {
    expect(typedEuro(1_250_000n, "it")).toBe("12.500,00");
    expect(typedEuro(5n, "en")).toBe("0.05");
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(amount, fc.constantFrom("it" as const, "en" as const), (cents, locale) => {
        expect(parseEuro(typedEuro(cents, locale), locale)).toBe(cents);
      }),
    );
  });
});
