import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  add,
  compare,
  divide,
  floor,
  formatDecimal,
  formatRational,
  multiply,
  parseDecimal,
  rational,
  rescale,
  roundedDecimal,
  subtract,
} from "./rational";

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 20n }))
  .map(([n, d]) => rational(n, d));

test("five terms of 1/6586 are exactly 5/6586", () => {
  const term = rational(1n, 6586n);
  const sum = [term, term, term, term, term].reduce(add);
  expect(formatRational(sum)).toBe("5/6586");
});

test("the four operations undo each other and keep lowest terms", () => {
  fc.assert(
    fc.property(fractions, fractions, (a, b) => {
      expect(subtract(add(a, b), b)).toEqual(a);
      if (b.n !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
      expect(compare(a, b) + compare(b, a)).toBe(0);
    }),
  );
});

test("floor is the greatest integer not above, also below zero", () => {
  expect([rational(7n, 2n), rational(-7n, 2n), rational(-6n, 2n)].map(floor)).toEqual([3n, -4n, -3n]);
});

test("a denominator of zero is refused", () => {
  expect(() => rational(1n, 0n)).toThrow(RangeError);
});

test.each([
  ["12", 12n, 0],
  ["-3.50", -35n, 1],
  ["1200,5", 12005n, 1],
  ["1e3", 1000n, 0],
  ["2.5E-2", 25n, 3],
  ["+0.00", 0n, 0],
])("%s is read exactly", (text, units, decimals) => {
  expect(parseDecimal(text)).toEqual({ units, decimals });
});

test.each(["", "1,000,000", "1.2.3", "abc", "0x10", ".5", "5.", "1e", "Infinity", "١٢"])(
  "%j is no decimal",
  (text) => {
    expect(parseDecimal(text)).toBeNull();
  },
);

test.each([
  "1e41",
  "1e-41",
  `0.${"0".repeat(9000)}1`,
  "9".repeat(41),
  "1e999",
  "1e-999",
  `${"0".repeat(120)}1`,
])("a number that takes more than forty digits is no decimal", (text) => {
  expect(parseDecimal(text)).toBeNull();
});

test("forty digits before and after are read", () => {
  expect(parseDecimal("1e39")).toEqual({ units: 10n ** 39n, decimals: 0 });
  expect(parseDecimal("1e-40")).toEqual({ units: 1n, decimals: 40 });
  expect(parseDecimal("9".repeat(40))).toEqual({ units: 10n ** 40n - 1n, decimals: 0 });
});

test("a decimal is written as briefly as it can be and read back the same", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
      fc.nat({ max: 12 }),
      (units, decimals) => {
        const read = parseDecimal(formatDecimal(units, decimals));
        expect(read === null ? null : rescale(read, decimals)).toBe(units);
      },
    ),
  );
  expect(formatDecimal(12050n, 2)).toBe("120.5");
  expect(formatDecimal(-5n, 2)).toBe("-0.05");
  expect(() => rescale({ units: 5n, decimals: 2 }, 1)).toThrow(RangeError);
});

test("rounding for readers is half up, away from zero", () => {
  expect(
    [rational(1n, 3n), rational(1n, 200n), rational(-1n, 200n), rational(5n)].map((x) =>
      roundedDecimal(x, 2),
    ),
  ).toEqual(["0.33", "0.01", "-0.01", "5"]);
});
