import { gcd, type Rational } from "../rational";

/** A fraction that is not in lowest terms yet: a completion makes thousands that nobody looks at. */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

/**
 * What each group of voters has left, as whole numbers over a denominator that grows with each price, and
 * an upper bound of it in whole units of 2^-precision. Group 0 has nothing, group 1 all at first.
 */
export function createMoney(endowment: Rational, precision: number | null) {
  let denominator = endowment.d;
  // The denominator has been multiplied `factors.length` times; `ratios[era]` is its growth since then.
  const factors: bigint[] = [];
  let ratios: bigint[] = [1n];
  const left: bigint[] = [0n, endowment.n];
  const eras: number[] = [0, 0];
  const scale = BigInt(precision ?? 0);
  const above: number[] = [0, precision === null ? 0 : Number((endowment.n << scale) / endowment.d) + 1];

  const leftOf = (group: number): bigint => {
    const era = eras[group] ?? 0;
    if (era !== factors.length) {
      left[group] = (left[group] ?? 0n) * (ratios[era] ?? 1n);
      eras[group] = factors.length;
    }
    return left[group] ?? 0n;
  };

  return {
    denominator: () => denominator,
    groups: () => left.length,
    left: leftOf,
    above: (group: number): number => above[group] ?? 0,

    /** Makes the price a whole number over the denominator, and returns that number. */
    refine(price: Ratio): bigint {
      const parts = price.d / denominator;
      const common = gcd(parts, price.n % parts);
      const factor = parts / common;
      if (factor !== 1n) {
        denominator *= factor;
        factors.push(factor);
        ratios = ratios.map((ratio) => ratio * factor);
        ratios.push(1n);
      }
      return price.n / common;
    },

    /** The group of those who were in `group` and paid for `points`: all they had, or the price. */
    spend(group: number, price: bigint, points: bigint): number {
      const paid = price * points;
      const rest = leftOf(group) - paid;
      if (rest <= 0n) return 0;
      if (precision !== null) above.push((above[group] ?? 0) - Number((paid << scale) / denominator));
      eras.push(factors.length);
      return left.push(rest) - 1;
    },
  };
}
