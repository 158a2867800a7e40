import { gcd, type Rational } from "../rational";
import type { Candidate, Ratio } from "./mes";
import type { Tally } from "./tally";

/**
 * The voters' money during one run of Equal Shares. Amounts are whole numbers over one common denominator;
 * blocs with the same amount left form a group, so that a price is worked out over a few hundred
 * groups instead of thousands of voters. Beside the exact amount each group has an upper bound of it
 * in whole units of 2^-precision, for bounds that need no BigInt.
 */
export function openWallets(tally: Tally, withPoints: boolean, endowment: Rational) {
  const { supporters, offsets, weight } = tally;
  const { level, levels } = withPoints ? tally.levels : ONE_LEVEL;
  const precision = precisionFor(tally, levels, endowment);
  const points = levels.map(Number);
  // Group 0 has nothing left and is never looked at again.
  const money = createMoney(endowment, precision);
  const groupOf = new Uint32Array(tally.blocs).fill(endowment.n === 0n ? 0 : 1);
  // Supporters of one group who give the same points are one share, at `group * levels.length + level`.
  let voters = new Float64Array(levels.length * 64);
  let target = new Uint32Array(levels.length * 64);
  const shares: number[] = [];
  let gathered = -1;

  /** Counts the voters of each share of a project; `shares` lists those that are not empty. */
  const gather = (project: number): void => {
    if (gathered === project) return;
    for (const share of shares) voters[share] = 0;
    shares.length = 0;
    gathered = project;
    const end = offsets[project + 1] ?? 0;
    for (let e = offsets[project] ?? 0; e < end; e++) {
      const bloc = supporters[e] ?? 0;
      const group = groupOf[bloc] ?? 0;
      if (group === 0) continue;
      const share = level === null ? group : group * levels.length + (level[e] ?? 0);
      const before = voters[share] ?? 0;
      if (before === 0) shares.push(share);
      voters[share] = before + (weight[bloc] ?? 0);
    }
  };
  const groupAt = (share: number) => (level === null ? share : Math.floor(share / levels.length));
  const levelAt = (share: number) => (level === null ? 0 : share % levels.length);

  return {
    /** A price that the exact one is not below, or null when whole numbers do not tell. */
    lowerBound(candidate: Candidate): Ratio | null {
      if (precision === null) return null;
      gather(candidate.project);
      const due = Number(candidate.cost) * 2 ** precision;
      let held = 0;
      let parts = 0;
      for (const share of shares) {
        const count = voters[share] ?? 0;
        held += count * money.above(groupAt(share));
        parts += count * (points[levelAt(share)] ?? 1);
      }
      if (held < due) return null;
      let rest = due;
      let rich: readonly number[] = shares;
      for (;;) {
        const stay: number[] = [];
        for (const share of rich) {
          const above = money.above(groupAt(share));
          const given = points[levelAt(share)] ?? 1;
          if (above * parts >= rest * given) {
            stay.push(share);
            continue;
          }
          const count = voters[share] ?? 0;
          rest -= count * above;
          parts -= count * given;
        }
        if (stay.length === rich.length) return { n: BigInt(rest), d: BigInt(parts) << BigInt(precision) };
        rich = stay;
      }
    },

    /**
     * The exact price, at which Σ min(left, price × points) over the supporters is the cost; null when they
     * together hold less.
     */
    price(candidate: Candidate): Ratio | null {
      gather(candidate.project);
      const denominator = money.denominator();
      const due = candidate.cost * denominator;
      let held = 0n;
      let parts = 0n;
      for (const share of shares) {
        const count = BigInt(voters[share] ?? 0);
        held += count * money.left(groupAt(share));
        parts += count * (levels[levelAt(share)] ?? 1n);
      }
      if (held < due) return null;
      let rest = due;
      let rich: readonly number[] = shares;
      // Whoever cannot pay the current price gives all that is left, which raises it for the others.
      for (;;) {
        const stay: number[] = [];
        for (const share of rich) {
          const left = money.left(groupAt(share));
          const given = levels[levelAt(share)] ?? 1n;
          if (left * parts >= rest * given) {
            stay.push(share);
            continue;
          }
          const count = BigInt(voters[share] ?? 0);
          rest -= count * left;
          parts -= count * given;
        }
        if (stay.length === rich.length) return { n: rest, d: parts * denominator };
        rich = stay;
      }
    },

    /** Takes the candidate's exact price, which has to be that of this round, from its supporters. */
    charge(candidate: Candidate): void {
      gather(candidate.project);
      const price = money.refine(candidate.price);
      for (const share of shares) {
        target[share] = money.spend(groupAt(share), price, levels[levelAt(share)] ?? 1n);
      }
      const end = offsets[candidate.project + 1] ?? 0;
      for (let e = offsets[candidate.project] ?? 0; e < end; e++) {
        const bloc = supporters[e] ?? 0;
        const group = groupOf[bloc] ?? 0;
        if (group === 0) continue;
        groupOf[bloc] = target[level === null ? group : group * levels.length + (level[e] ?? 0)] ?? 0;
      }
      gathered = -1;
      const needed = money.groups() * levels.length;
      if (needed <= voters.length) return;
      voters = new Float64Array(needed * 2);
      target = new Uint32Array(needed * 2);
      shares.length = 0;
    },
  };
}

/** What the groups have left, over a denominator that grows with each price. */
function createMoney(endowment: Rational, precision: number | null) {
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
