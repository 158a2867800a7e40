import { gcd, type Rational } from "../rational";

/** What one point (one supporter, without points) pays for a project, as it changes with the endowment. */
export interface RisingPrice {
  /** The price now is rest / (parts × denominator × denominator of the endowment). */
  readonly rest: bigint;
  /** With one money unit more for every voter it changes by slope / (parts × denominator); never upwards. */
  readonly slope: bigint;
  readonly parts: bigint;
  /** Of the money, when the price was worked out. */
  readonly denominator: bigint;
  /** Price and change in floating point, to tell quickly what is far apart; not finite where numbers are too long. */
  readonly about: number;
  readonly aboutSlope: number;
}

/** A purchase, with its price and slope as whole numbers over the denominator of then. */
interface Paid {
  readonly price: bigint;
  readonly slope: bigint;
  readonly about: number;
  readonly aboutSlope: number;
}

/**
 * What each group of voters has left, and how that grows with the endowment as long as the same voters give all they
 * have for the same purchases. Exact amounts are whole numbers over a denominator that grows with each purchase, and
 * are worked out only for whom they are asked for. Group 0 has nothing and gets nothing, group 1 has all at first.
 */
export function createRisingMoney(endowment: Rational) {
  const denominators: bigint[] = [1n];
  // How much the denominator has grown since each purchase.
  let growth: bigint[] = [1n];
  const paid: Paid[] = [];
  const left: (bigint | undefined)[] = [0n, endowment.n];
  const slopes: bigint[] = [0n, 1n];
  // The number of purchases when the two were worked out, and for whom they are not yet, the group before the last one.
  const eras: number[] = [0, 0];
  const before: number[] = [0, 0];
  const points: bigint[] = [0n, 0n];
  const about: number[] = [0, Number(endowment.n) / Number(endowment.d)];
  const aboutSlopes: number[] = [0, 1];

  const denominator = (): bigint => denominators[paid.length] ?? 1n;

  /** Works out what a group has over the denominator of now. */
  const update = (group: number): void => {
    const era = eras[group] ?? 0;
    const known = left[group];
    const grown = growth[era] ?? 1n;
    if (known === undefined) {
      const from = before[group] ?? 0;
      update(from);
      const { price, slope } = paid[era - 1] as Paid;
      const due = (points[group] ?? 1n) * grown;
      left[group] = (left[from] ?? 0n) - price * due;
      slopes[group] = (slopes[from] ?? 0n) - slope * due;
    } else if (era !== paid.length) {
      left[group] = known * grown;
      slopes[group] = (slopes[group] ?? 0n) * grown;
    }
    eras[group] = paid.length;
  };

  return {
    denominator,
    groups: () => left.length,

    /** Over the denominator times that of the endowment. */
    left(group: number): bigint {
      update(group);
      return left[group] ?? 0n;
    },

    /** Over the denominator; not negative. */
    slope(group: number): bigint {
      update(group);
      return slopes[group] ?? 0n;
    },

    about: (group: number): number => about[group] ?? 0,
    aboutSlope: (group: number): number => aboutSlopes[group] ?? 0,

    /** A price of now. */
    price(rest: bigint, slope: bigint, parts: bigint): RisingPrice {
      const whole = Number(parts * denominator());
      return {
        ...{ rest, slope, parts, denominator: denominator() },
        about: Number(rest) / (whole * Number(endowment.d)),
        aboutSlope: Number(slope) / whole,
      };
    },

    /** Buys at a price of now: both it and its slope become whole numbers over the denominator. */
    buy({ rest, slope, parts, about: aboutPrice, aboutSlope }: RisingPrice): void {
      const common = gcd(gcd(parts, rest), slope < 0n ? -slope : slope);
      const factor = parts / common;
      denominators.push(denominator() * factor);
      growth = growth.map((ratio) => ratio * factor);
      growth.push(1n);
      paid.push({ price: rest / common, slope: slope / common, about: aboutPrice, aboutSlope });
    },

    /** The group of those who were in `group` and paid the last price for so many points. */
    pay(group: number, given: bigint): number {
      const last = paid.at(-1) as Paid;
      const times = Number(given);
      left.push(undefined);
      slopes.push(0n);
      eras.push(paid.length);
      before.push(group);
      points.push(given);
      about.push((about[group] ?? 0) - last.about * times);
      return aboutSlopes.push((aboutSlopes[group] ?? 0) - last.aboutSlope * times) - 1;
    },
  };
}
