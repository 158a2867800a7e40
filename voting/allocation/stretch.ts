import { type Rational, rational } from "../rational";
import type { Utility } from "./mes";
import { createRisingMoney, type RisingPrice } from "./rising-money";
import { createShares, type Share } from "./shares";
import type { Tally } from "./tally";

/** How much more every voter may get, in money units, before what Equal Shares buys can change. */
export interface Stretch {
  readonly more: Rational;
  /** Whether it buys the same with exactly so much more, too. */
  readonly inclusive: boolean;
}

/** A project that may still be bought, and a price that its own is not below. */
interface Rival {
  readonly project: number;
  readonly cost: bigint;
  readonly rank: number;
  bound: RisingPrice;
}

/**
 * Buys projects in the given order with `endowment` money units for each voter, and proves that Equal Shares buys
 * just these. Whatever is compared on the way is a linear function of the endowment, so each comparison also tells
 * how far the endowment may rise until it could turn out otherwise.
 *
 * A rival's price need not be exact: Σ min(left, price) over its supporters is its cost, so whichever of them are
 * taken to give all they have left, (cost − what those have) / the others' points is not above the price.
 *
 * @param order projects with votes and a cost, as `equalShares` bought them with this or with less money
 * @returns null when this endowment buys something else or in another order, and when more never changes anything
 */
export function stretchOf(
  tally: Tally,
  utility: Utility,
  order: readonly number[],
  endowment: Rational,
): Stretch | null {
  const withPoints = utility === "points" || utility === "points-x-cost";
  const byCost = utility === "cost" || utility === "points-x-cost";
  const { level, levels } = withPoints ? tally.levels : { level: null, levels: [1n] };
  const aboutPoints = levels.map(Number);
  const money = createRisingMoney(endowment);
  const shares = createShares(tally, level, levels.length, 1);
  const reach = createReach(endowment.d);
  const pointsOf = (share: Share): bigint => levels[share.level] ?? 1n;

  // What floating point tells apart for certain: each of a few hundred sums and products is off by 2^-53 of the endowment.
  const sure = UNSURE * Number(endowment.n / endowment.d + 1n);

  /** Whether those in a share can pay a price of now. */
  const canPay = (share: Share, price: RisingPrice): boolean => {
    const due = price.about * (aboutPoints[share.level] ?? 1);
    const spare = money.about(share.group) - due;
    if (Math.abs(spare) > sure + UNSURE * due) return spare > 0;
    return money.left(share.group) * price.parts >= price.rest * pointsOf(share);
  };

  /** Leaves out those who certainly give all they have left, whatever the price comes to. */
  const withoutPoorest = (all: readonly Share[], cost: bigint): readonly Share[] => {
    let rest = Number(cost);
    let parts = 0;
    for (const share of all) parts += share.voters * (aboutPoints[share.level] ?? 1);
    const unsure = sure * tally.instance.profile.voters;
    for (let rich = all; ; ) {
      const stay: Share[] = [];
      for (const share of rich) {
        const left = money.about(share.group);
        const points = aboutPoints[share.level] ?? 1;
        if (left * parts + unsure * points < rest * points) {
          rest -= share.voters * left;
          parts -= share.voters * points;
        } else stay.push(share);
      }
      if (stay.length === rich.length) return rich;
      rich = stay;
    }
  };

  /**
   * The price that pays for a project now; null when its supporters hold too little, and as long as they do. Whoever
   * can pay it still can with more money: no price rises with the endowment and nobody has less.
   */
  const priceNow = (all: readonly Share[], cost: bigint): RisingPrice | null => {
    let rest = cost * money.denominator() * endowment.d;
    let slope = 0n;
    let rich = all;
    for (let stay = withoutPoorest(all, cost); ; ) {
      const staying = new Set(stay);
      for (const share of rich) {
        if (staying.has(share)) continue;
        const voters = BigInt(share.voters);
        rest -= voters * money.left(share.group);
        slope -= voters * money.slope(share.group);
      }
      rich = stay;
      if (rich.length === 0) break;
      let parts = 0n;
      for (const share of rich) parts += BigInt(share.voters) * pointsOf(share);
      const price = money.price(rest, slope, parts);
      stay = rich.filter((share) => canPay(share, price));
      if (stay.length === rich.length) return price;
    }
    if (!reach.keep(rest, slope, "above")) throw new RangeError("floating point told apart what is equal");
    return null;
  };

  /** Keeps within reach only what leaves those poor who give all they have left. */
  const keepPoor = (share: Share, price: RisingPrice): void => {
    const points = aboutPoints[share.level] ?? 1;
    const due = price.about * points;
    const growth = money.aboutSlope(share.group) - price.aboutSlope * points;
    if (due - money.about(share.group) > reach.about() * growth * (1 + UNSURE) + sure + UNSURE * due) return;
    reach.keep(
      price.rest * pointsOf(share) - money.left(share.group) * price.parts,
      price.slope * pointsOf(share) - money.slope(share.group) * price.parts,
      "not-below",
    );
  };

  /** Whether a rival is so far behind that it stays there within the reach, as floating point numbers tell it. */
  const isFarBehind = ({ bound, cost }: Rival, price: RisingPrice, bought: Rival): boolean => {
    const [its, ours] = byCost ? [Number(cost), Number(bought.cost)] : [1, 1];
    const [a, b] = [bound.about / its, price.about / ours];
    const [slopeA, slopeB] = [bound.aboutSlope / its, price.aboutSlope / ours];
    const most = reach.about();
    const unsure = UNSURE * (a + b - (slopeA + slopeB) * most);
    return a - b > unsure && a - b + (slopeA - slopeB) * most > unsure;
  };

  /** How far a rival's bound is behind what is bought now, and how that changes. */
  const leadOver = ({ bound, cost, rank }: Rival, price: RisingPrice, bought: Rival) => {
    const ours = bound.parts * (byCost ? cost : 1n);
    const its = price.parts * (price.denominator / bound.denominator) * (byCost ? bought.cost : 1n);
    const lead = bound.rest * its - price.rest * ours;
    return [
      lead,
      bound.slope * its - price.slope * ours,
      bought.rank < rank ? "not-below" : "above",
    ] as const;
  };

  const rivals = new Map<number, Rival>();
  tally.instance.projects.forEach(({ cost }, project) => {
    const supporters = BigInt(tally.supporterCount[project] ?? 0);
    if (cost === 0n || supporters === 0n) return;
    if (reach.keep(cost * endowment.d - supporters * endowment.n, -supporters, "above")) return;
    const parts = withPoints ? (tally.power[project] ?? 1n) : supporters;
    const bound = money.price(cost * endowment.d, 0n, parts);
    rivals.set(project, { project, cost, rank: tally.rank[project] ?? 0, bound });
  });

  for (const project of order) {
    const bought = rivals.get(project);
    const price = bought && priceNow(shares.of(project), bought.cost);
    if (!bought || !price) return null;
    rivals.delete(project);
    for (const share of shares.of(project)) if (!canPay(share, price)) keepPoor(share, price);
    for (const rival of rivals.values()) {
      if (isFarBehind(rival, price, bought) || reach.holds(...leadOver(rival, price, bought))) continue;
      const bound = priceNow(shares.of(rival.project), rival.cost);
      if (!bound) {
        rivals.delete(rival.project);
        continue;
      }
      rival.bound = bound;
      if (!reach.keep(...leadOver(rival, price, bought))) return null;
    }
    const payers = shares.of(project);
    const able = payers.map((share) => canPay(share, price));
    money.buy(price);
    payers.forEach((share, place) => {
      share.next = able[place] ? money.pay(share.group, pointsOf(share)) : 0;
    });
    shares.move(money.groups());
  }
  for (const { project, cost } of rivals.values()) if (priceNow(shares.of(project), cost)) return null;
  return reach.found();
}

/** The relative difference that floating point numbers are trusted with; their own errors are far smaller. */
const UNSURE = 1e-11;

type Needed = "not-below" | "above";

/** The least of all the distances at which a comparison could turn out otherwise. */
function createReach(endowmentDenominator: bigint) {
  let most: { readonly n: bigint; readonly d: bigint; readonly inclusive: boolean } | null = null;
  let about = Number.POSITIVE_INFINITY;

  const isTrue = (value: bigint, needed: Needed): boolean =>
    value > 0n || (value === 0n && needed === "not-below");

  /** Where value + slope × more stops being as needed, if that is nearer than what was found before. */
  const nearer = (value: bigint, slope: bigint, needed: Needed) => {
    if (slope >= 0n) return null;
    const limit = { n: value, d: -slope * endowmentDenominator, inclusive: needed === "not-below" };
    if (most === null) return limit;
    const difference = limit.n * most.d - most.n * limit.d;
    return difference < 0n || (difference === 0n && most.inclusive && !limit.inclusive) ? limit : null;
  };

  return {
    about: (): number => about,

    /** Whether a value is as needed and stays so within the reach. */
    holds: (value: bigint, slope: bigint, needed: Needed): boolean =>
      isTrue(value, needed) && nearer(value, slope, needed) === null,

    /** Whether a value is as needed; if so, the reach ends where it no longer is. */
    keep(value: bigint, slope: bigint, needed: Needed): boolean {
      if (!isTrue(value, needed)) return false;
      const limit = nearer(value, slope, needed);
      if (limit === null) return true;
      most = limit;
      about = Number(limit.n) / Number(limit.d);
      return true;
    },

    found: (): Stretch | null => most && { more: rational(most.n, most.d), inclusive: most.inclusive },
  };
}
