import { gcd, type Rational, rational } from "../rational";
import type { Tally } from "./tally";

/**
 * How Equal Shares chooses among the projects their supporters can pay: `cost` by effective votes c/q,
 * `cardinality` by least price q, `points` by least price for a point ρ, `points-x-cost` by greatest c/ρ.
 */
export type Utility = "cost" | "cardinality" | "points" | "points-x-cost";

export interface Purchase {
  readonly project: number;
  /** Money units for each point unit (each supporter, without points); 0 for what costs nothing. */
  readonly price: Rational;
}

export interface Unaffordable {
  readonly project: number;
  /** What its supporters together had left, in money units. */
  readonly held: Rational;
  /** Number of purchases made before it dropped out. */
  readonly after: number;
}

export interface EqualSharesRun {
  readonly purchases: readonly Purchase[];
  readonly unaffordable: readonly Unaffordable[];
  /** Cost of all purchases, in money units. */
  readonly cost: bigint;
}

/** What supporters of one group and one number of points bring to a price. */
interface Share {
  left: bigint;
  points: number;
  voters: number;
}

interface Candidate {
  readonly project: number;
  readonly cost: bigint;
  /** The price when it was last worked out, as priceN/priceD; it never falls during a run. */
  priceN: bigint;
  priceD: bigint;
}

/**
 * The Method of Equal Shares (Peters, Pierczyński, Skowron, *Proportional Participatory Budgeting with
 * Additive Utilities*, NeurIPS 2021). Each voter holds `endowment` money units. All amounts are whole
 * numbers over one common denominator; voters with the same amount left are one group. Because money
 * only ever shrinks, a price worked out earlier is a bound, and most projects need no look in a round.
 */
export function equalShares(tally: Tally, utility: Utility, endowment: Rational): EqualSharesRun {
  const withPoints = utility === "points" || utility === "points-x-cost";
  const byCost = utility === "cost" || utility === "points-x-cost";
  const wallet = openWallets(tally, endowment);
  const purchases: Purchase[] = [];
  const unaffordable: Unaffordable[] = [];
  let cost = 0n;

  /** Negative when a is the better buy by its last price; ties by the tie order. */
  const merit = (a: Candidate, b: Candidate): number => {
    const difference = byCost
      ? b.cost * b.priceD * a.priceN - a.cost * a.priceD * b.priceN
      : a.priceN * b.priceD - b.priceN * a.priceD;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  };
  const compare = (a: Candidate, b: Candidate) =>
    merit(a, b) || (tally.rank[a.project] ?? 0) - (tally.rank[b.project] ?? 0);

  let candidates: Candidate[] = [];
  for (const project of projectsByRank(tally)) {
    if ((tally.supporterCount[project] ?? 0) === 0) continue;
    const projectCost = tally.instance.projects[project]?.cost ?? 0n;
    if (projectCost === 0n) purchases.push({ project, price: { n: 0n, d: 1n } });
    else
      candidates.push({
        project,
        cost: projectCost,
        priceN: projectCost,
        priceD: power(tally, project, withPoints),
      });
  }

  while (candidates.length > 0) {
    candidates.sort(compare);
    let best: Candidate | null = null;
    const kept: Candidate[] = [];
    for (const candidate of candidates) {
      if (best !== null && compare(best, candidate) < 0) {
        kept.push(candidate);
        continue;
      }
      const priced = wallet.price(candidate, withPoints);
      if (priced !== null) {
        unaffordable.push({ project: candidate.project, held: priced, after: purchases.length });
        continue;
      }
      kept.push(candidate);
      if (best === null || compare(candidate, best) < 0) best = candidate;
    }
    if (best === null) break;
    purchases.push({ project: best.project, price: rational(best.priceN, best.priceD) });
    wallet.charge(best, withPoints);
    cost += best.cost;
    candidates = kept.filter((candidate) => candidate !== best);
  }
  return { purchases, unaffordable, cost };
}

function projectsByRank(tally: Tally): number[] {
  const order = tally.instance.projects.map((_, index) => index);
  return order.sort((a, b) => (tally.rank[a] ?? 0) - (tally.rank[b] ?? 0));
}

/** Supporters of a project, or the point units they give: what its cost is divided by when all can pay. */
function power(tally: Tally, project: number, withPoints: boolean): bigint {
  if (!withPoints || tally.points === null) return BigInt(tally.supporterCount[project] ?? 0);
  let sum = 0n;
  for (let e = tally.offsets[project] ?? 0; e < (tally.offsets[project + 1] ?? 0); e++) {
    sum += BigInt(tally.weight[tally.supporters[e] ?? 0] ?? 0) * BigInt(tally.points[e] ?? 0);
  }
  return sum;
}

/** The voters' money: groups of blocs with the same amount left, over one common denominator. */
function openWallets(tally: Tally, endowment: Rational) {
  const { supporters, offsets, points, weight } = tally;
  let denominator = endowment.d;
  // Group 0 has nothing left and is never looked at again.
  const left: bigint[] = [0n, endowment.n];
  const groupOf = new Uint32Array(tally.blocs).fill(endowment.n === 0n ? 0 : 1);

  const sharesOf = (project: number, withPoints: boolean): Map<string | number, Share> => {
    const shares = new Map<string | number, Share>();
    for (let e = offsets[project] ?? 0; e < (offsets[project + 1] ?? 0); e++) {
      const bloc = supporters[e] ?? 0;
      const group = groupOf[bloc] ?? 0;
      if (group === 0) continue;
      const given = withPoints && points !== null ? (points[e] ?? 0) : 1;
      const key = given === 1 ? group : `${group}/${given}`;
      const share = shares.get(key);
      if (share !== undefined) share.voters += weight[bloc] ?? 0;
      else shares.set(key, { left: left[group] ?? 0n, points: given, voters: weight[bloc] ?? 0 });
    }
    return shares;
  };

  return {
    /** Sets the candidate's price; returns what its supporters hold instead when that is below its cost. */
    price(candidate: Candidate, withPoints: boolean): Rational | null {
      const rich = [...sharesOf(candidate.project, withPoints).values()];
      const due = candidate.cost * denominator;
      let held = 0n;
      let parts = 0n;
      for (const share of rich) {
        held += BigInt(share.voters) * share.left;
        parts += BigInt(share.voters) * BigInt(share.points);
      }
      if (held < due) return rational(held, denominator);
      let rest = due;
      // Whoever cannot pay the current price gives all that is left, which raises it for the others.
      for (let settled = false; !settled; ) {
        settled = true;
        for (let i = rich.length - 1; i >= 0; i--) {
          const share = rich[i];
          if (share === undefined || share.left * parts >= rest * BigInt(share.points)) continue;
          rest -= BigInt(share.voters) * share.left;
          parts -= BigInt(share.voters) * BigInt(share.points);
          rich[i] = rich[rich.length - 1] ?? share;
          rich.pop();
          settled = false;
        }
      }
      candidate.priceN = rest;
      candidate.priceD = parts * denominator;
      return null;
    },

    /** Takes the candidate's price from its supporters. */
    charge(candidate: Candidate, withPoints: boolean): void {
      const parts = candidate.priceD / denominator;
      const common = gcd(parts, candidate.priceN);
      const factor = parts / common;
      const price = candidate.priceN / common;
      if (factor !== 1n) {
        denominator *= factor;
        for (let group = 1; group < left.length; group++) left[group] = (left[group] ?? 0n) * factor;
      }
      const moved = new Map<string | number, number>();
      for (let e = offsets[candidate.project] ?? 0; e < (offsets[candidate.project + 1] ?? 0); e++) {
        const bloc = supporters[e] ?? 0;
        const group = groupOf[bloc] ?? 0;
        if (group === 0) continue;
        const given = withPoints && points !== null ? (points[e] ?? 0) : 1;
        const key = given === 1 ? group : `${group}/${given}`;
        let target = moved.get(key);
        if (target === undefined) {
          const rest = (left[group] ?? 0n) - price * BigInt(given);
          target = rest > 0n ? left.push(rest) - 1 : 0;
          moved.set(key, target);
        }
        groupOf[bloc] = target;
      }
    },
  };
}
