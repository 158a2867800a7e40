/**
 * Exact fractions on BigInt. Every share, price and load of an allocation is one of these:
 * floating point would lose the last cent (five terms of 1/6586 are enough).
 */

/** A fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };

/** The fraction n/d in lowest terms. Throws RangeError when d is 0. */
export function rational(n: bigint, d: bigint = 1n): Rational {
  if (d === 0n) throw new RangeError("the denominator of a fraction is zero");
  if (d < 0n) return rational(-n, -d);
  const g = gcd(n < 0n ? -n : n, d);
  return g === 1n ? { n, d } : { n: n / g, d: d / g };
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d);
}

/** a / b. Throws RangeError when b is zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function minimum(a: Rational, b: Rational): Rational {
  return compare(a, b) <= 0 ? a : b;
}

/** The greatest integer that is not above the fraction. */
export function floor(a: Rational): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

/** `"n"` for a whole number, `"n/d"` otherwise. */
export function formatRational(a: Rational): string {
  return a.d === 1n ? a.n.toString() : `${a.n}/${a.d}`;
}

/**
 * The fraction as a decimal with at most `digits` places, rounded half up (away from zero when
 * negative) and without trailing zeros. For reading only: what is counted stays a fraction.
 */
export function roundedDecimal(a: Rational, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const magnitude = a.n < 0n ? -a.n : a.n;
  const rounded = (2n * magnitude * scale + a.d) / (2n * a.d);
  return formatDecimal(a.n < 0n ? -rounded : rounded, digits);
}

/** A whole number of units of 10^-decimals as a decimal without trailing zeros: (12050n, 2) is `"120.5"`. */
export function formatDecimal(units: bigint, decimals: number): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return `${sign}${whole}${part === "" ? "" : `.${part}`}`;
}

/** A decimal as it was written: `units` × 10^-`decimals`, with the fewest decimals that hold it. */
export interface Decimal {
  readonly units: bigint;
  readonly decimals: number;
}

const DECIMAL = /^([+-]?)(\d+)(?:[.,](\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Digits a number may have when it is written out, before and after the decimal separator: more than any sum of money
 * or points needs, and few enough that nobody makes a count slow by the length of a number.
 */
export const MOST_DIGITS = 40;

/**
 * Reads `12`, `-3.50`, `1200,5` or `1e6`: point and comma both separate decimals, nothing separates
 * thousands. Returns null for anything else, and for a number with more than MOST_DIGITS.
 */
export function parseDecimal(text: string): Decimal | null {
  const match = text.length > 3 * MOST_DIGITS ? null : DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "0", part = "", exponent = "0"] = match;
  let decimals = part.length - Number(exponent);
  if (Math.max(decimals, whole.length + Number(exponent)) > MOST_DIGITS) return null;
  let units = BigInt(whole + part);
  if (decimals < 0) {
    units *= 10n ** BigInt(-decimals);
    decimals = 0;
  }
  while (decimals > 0 && units % 10n === 0n) {
    units /= 10n;
    decimals -= 1;
  }
  return { units: sign === "-" ? -units : units, decimals };
}

/** The same decimal in units of 10^-decimals. Throws RangeError when that would drop a digit. */
export function rescale(value: Decimal, decimals: number): bigint {
  if (decimals < value.decimals) throw new RangeError("a decimal does not fit the unit it is asked in");
  return value.units * 10n ** BigInt(decimals - value.decimals);
}

/** The greatest common divisor of two integers that are not negative. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a;
  let y = b;
  while (y !== 0n) {
    [x, y] = [y, x % y];
  }
  return x;
}
