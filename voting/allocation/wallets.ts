import type { Rational } from "../rational";
import { createMoney, type Ratio } from "./money";
import { createShares, type Share } from "./shares";
import type { Tally } from "./tally";

/** A project whose price is asked for; its cost is in money units. */
export interface Wanted {
  readonly project: number;
  readonly cost: bigint;
}

/**
 * The voters' money during one run of Equal Shares. Amounts are whole numbers over one common denominator;
 * blocs with the same amount left form a group, so that a price is worked out over a few hundred
 * shares instead of thousands of voters. Beside the exact amount each group has an upper bound of it
 * in whole units of 2^-precision, for bounds that need no BigInt.
 */
export function openWallets(tally: Tally, withPoints: boolean, endowment: Rational) {
  const { level, levels } = withPoints ? tally.levels : ONE_LEVEL;
  const points = levels.map(Number);
  const precision = precisionFor(tally, levels, endowment);
  const money = createMoney(endowment, precision);
  const shares = createShares(tally, level, levels.length, endowment.n === 0n ? 0 : 1);

  return {
    /** A price that the exact one is not below, or null when whole numbers do not tell. */
    lowerBound(candidate: Wanted): Ratio | null {
      if (precision === null) return null;
      const all = shares.of(candidate.project);
      const due = Number(candidate.cost) * 2 ** precision;
      let held = 0;
      let parts = 0;
      for (const { group, level: given, voters } of all) {
        held += voters * money.above(group);
        parts += voters * (points[given] ?? 1);
      }
      if (held < due) return null;
      let rest = due;
      let rich = all;
      for (;;) {
        const stay: Share[] = [];
        for (const share of rich) {
          const above = money.above(share.group);
          const given = points[share.level] ?? 1;
          if (above * parts >= rest * given) {
            stay.push(share);
            continue;
          }
          rest -= share.voters * above;
          parts -= share.voters * given;
        }
        if (stay.length === rich.length) return { n: BigInt(rest), d: BigInt(parts) << BigInt(precision) };
        rich = stay;
      }
    },

    /**
     * The exact price, at which Σ min(left, price × points) over the supporters is the cost; null when they
     * together hold less.
     */
    price(candidate: Wanted): Ratio | null {
      const all = shares.of(candidate.project);
      const denominator = money.denominator();
      const due = candidate.cost * denominator;
      let held = 0n;
      let parts = 0n;
      for (const { group, level: given, voters } of all) {
        const count = BigInt(voters);
        held += count * money.left(group);
        parts += count * (levels[given] ?? 1n);
      }
      if (held < due) return null;
      let rest = due;
      let rich = all;
      // Whoever cannot pay the current price gives all that is left, which raises it for the others.
      for (;;) {
        const stay: Share[] = [];
        for (const share of rich) {
          const left = money.left(share.group);
          const given = levels[share.level] ?? 1n;
          if (left * parts >= rest * given) {
            stay.push(share);
            continue;
          }
          const count = BigInt(share.voters);
          rest -= count * left;
          parts -= count * given;
        }
        if (stay.length === rich.length) return { n: rest, d: parts * denominator };
        rich = stay;
      }
    },

    /** Takes the exact price, which has to be that of this round, from the project's supporters. */
    charge(project: number, exact: Ratio): void {
      const price = money.refine(exact);
      for (const share of shares.of(project)) {
        share.next = money.spend(share.group, price, levels[share.level] ?? 1n);
      }
      shares.move(money.groups());
    },
  };
}

/** Every supporter counts the same, whatever points were given. */
const ONE_LEVEL = { level: null, levels: [1n] } as const;
const MOST_PRECISION = 40;

/**
 * The most binary places with which every sum and product of a lower bound stays below 2^53; null when
 * there are none. A group's upper bound exceeds what it has by one unit at first and by at most one more
 * with each purchase.
 */
function precisionFor(tally: Tally, levels: readonly bigint[], endowment: Rational): number | null {
  const voters = BigInt(tally.instance.profile.voters);
  let most = 1n;
  for (const points of levels) if (points > most) most = points;
  const slack = voters * BigInt(tally.instance.projects.length + 2);
  for (let precision = MOST_PRECISION; precision >= 0; precision--) {
    const money = (((voters * endowment.n) << BigInt(precision)) / endowment.d + 1n + slack) * most;
    if (money < 2n ** 53n) return precision;
  }
  return null;
}
