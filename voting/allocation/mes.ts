import type { Rational } from "../rational";
import type { Ratio } from "./money";
import type { Tally } from "./tally";
import { openWallets, type Wanted } from "./wallets";

/**
 * How Equal Shares chooses among the projects their supporters can pay: `cost` by effective votes c/q,
 * `cardinality` by least price q, `points` by least price for a point ρ, `points-x-cost` by greatest c/ρ.
 */
export type Utility = "cost" | "cardinality" | "points" | "points-x-cost";

export interface Purchase {
  readonly project: number;
  /** Money units for each point unit (each supporter, without points); 0 for what costs nothing. */
  readonly price: Ratio;
  /** Other projects that were equally good, in the tie order. */
  readonly equals: readonly number[];
}

export interface EqualSharesRun {
  readonly purchases: readonly Purchase[];
  /** Whether projects with votes remained that their supporters could not pay. */
  readonly anyUnaffordable: boolean;
  /** Cost of all purchases, in money units. */
  readonly cost: bigint;
}

/** How well the price of a candidate is known in this round. */
const STALE = 0;
const BOUNDED = 1;
const EXACT = 2;

/** A project that may still be bought. */
interface Candidate extends Wanted {
  /** Tie order. */
  readonly rank: number;
  /** The price when it was last worked out exactly. */
  price: Ratio;
  /** Whole part of a lower bound of (price, or price / cost) × 2^shift: lower is better. */
  key: number;
  known: typeof STALE | typeof BOUNDED | typeof EXACT;
}

/**
 * The Method of Equal Shares (Peters, Pierczyński, Skowron, *Proportional Participatory Budgeting with
 * Additive Utilities*, NeurIPS 2021). Each voter holds `endowment` money units.
 *
 * Money only ever shrinks, so a price never falls during a run and an earlier one is a bound. In each
 * round the candidate with the best bound has it sharpened, first in whole numbers below 2^53, then
 * exactly; it is bought once its exact price is best and nothing else can be as good.
 */
export function equalShares(tally: Tally, utility: Utility, endowment: Rational): EqualSharesRun {
  const withPoints = utility === "points" || utility === "points-x-cost";
  const byCost = utility === "cost" || utility === "points-x-cost";
  const wallets = openWallets(tally, withPoints, endowment);
  const shift = byCost ? KEY_BITS : KEY_BITS - bitLength(endowment.n / endowment.d);
  const purchases: Purchase[] = [];
  const candidates = new Set<Candidate>();
  let cost = 0n;
  let anyUnaffordable = false;

  for (const project of projectsByRank(tally)) {
    const supporters = tally.supporterCount[project] ?? 0;
    if (supporters === 0) continue;
    const projectCost = tally.instance.projects[project]?.cost ?? 0n;
    if (projectCost === 0n) {
      purchases.push({ project, price: { n: 0n, d: 1n }, equals: [] });
      continue;
    }
    const candidate: Candidate = {
      project,
      cost: projectCost,
      rank: tally.rank[project] ?? 0,
      price: { n: projectCost, d: withPoints ? (tally.power[project] ?? 1n) : BigInt(supporters) },
      key: 0,
      known: STALE,
    };
    if (BigInt(supporters) * endowment.n < projectCost * endowment.d) {
      anyUnaffordable = true;
    } else {
      candidate.key = keyOf(candidate.price, byCost ? projectCost : 1n, shift);
      candidates.add(candidate);
    }
  }

  for (;;) {
    const candidate = bestOf(candidates, byCost);
    if (candidate === null) break;
    if (candidate.known === EXACT) {
      const equals = [...candidates].filter((other) => isEqual(other, candidate, byCost));
      purchases.push({
        project: candidate.project,
        price: candidate.price,
        equals: equals.map(({ project }) => project),
      });
      wallets.charge(candidate.project, candidate.price);
      cost += candidate.cost;
      candidates.delete(candidate);
      for (const other of candidates) other.known = STALE;
      continue;
    }
    const priced = candidate.known === STALE ? wallets.lowerBound(candidate) : null;
    if (priced !== null) {
      candidate.known = BOUNDED;
      candidate.key = Math.max(candidate.key, keyOf(priced, byCost ? candidate.cost : 1n, shift));
      continue;
    }
    const price = wallets.price(candidate);
    if (price === null) {
      anyUnaffordable = true;
      candidates.delete(candidate);
    } else {
      candidate.price = price;
      candidate.known = EXACT;
      candidate.key = keyOf(price, byCost ? candidate.cost : 1n, shift);
    }
  }
  return { purchases, anyUnaffordable, cost };
}

/** Keys stay below 2^53, where Number holds every integer. */
const KEY_BITS = 52;

/** ⌊price / divisor × 2^shift⌋: of two different keys the lower one belongs to the lower price. */
function keyOf(price: Ratio, divisor: bigint, shift: number): number {
  const d = price.d * divisor;
  return Number(shift >= 0 ? (price.n << BigInt(shift)) / d : price.n / (d << BigInt(-shift)));
}

/** The candidate with the lowest key; of equal keys one not settled yet, then the exact best. */
function bestOf(candidates: Iterable<Candidate>, byCost: boolean): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    if (best === null || candidate.key < best.key) best = candidate;
    else if (candidate.key === best.key && best.known === EXACT && precedes(candidate, best, byCost))
      best = candidate;
  }
  return best;
}

function precedes(candidate: Candidate, best: Candidate, byCost: boolean): boolean {
  if (candidate.known !== EXACT) return true;
  const difference = compareExact(candidate, best, byCost);
  return difference === 0n ? candidate.rank < best.rank : difference < 0n;
}

/** Whether another candidate is as good as the one that is bought: what has its key is known exactly by then. */
function isEqual(other: Candidate, bought: Candidate, byCost: boolean): boolean {
  return other !== bought && other.key === bought.key && compareExact(other, bought, byCost) === 0n;
}

function compareExact({ price: a, cost }: Candidate, { price: b, cost: other }: Candidate, byCost: boolean) {
  return byCost ? a.n * b.d * other - b.n * a.d * cost : a.n * b.d - b.n * a.d;
}

function projectsByRank(tally: Tally): number[] {
  const order = tally.instance.projects.map((_, index) => index);
  return order.sort((a, b) => (tally.rank[a] ?? 0) - (tally.rank[b] ?? 0));
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
