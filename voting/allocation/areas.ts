import { VotingError } from "../errors";
import { comparePoints } from "../natural-order";
import type { Instance } from "./instance";
import type { Outcome } from "./outcome";
import { allocate, type RuleSpec } from "./rule";

/** One part of a round with its own budget, projects and ballots: a district, or the whole city. */
export interface Area {
  readonly id: string;
  readonly instance: Instance;
  readonly rule: RuleSpec;
}

/**
 * What happens to money that an area leaves over:
 * - `keep`: it stays unspent, and goes back to the fund;
 * - `next`: each area passes it to the next one in the stated order;
 * - `to-city`: all districts pass it to the city-wide area, which is counted last;
 * - `to-districts`: the city-wide area is counted first and passes it to the districts in proportion to their
 *   valid ballots, whole money units by largest remainder, ties by district id.
 */
export type Passing = "keep" | "next" | "to-city" | "to-districts";

export const PASSINGS = ["keep", "next", "to-city", "to-districts"] as const satisfies readonly Passing[];

export interface AreasInput {
  /** In the order in which `next` passes money on. All use the same money unit. */
  readonly areas: readonly Area[];
  /** Id of the city-wide area; null when there are only districts. */
  readonly city: string | null;
  readonly passing: Passing;
}

export interface AreaOutcome {
  readonly area: string;
  /** Money units received from other areas; `outcome.budget` holds them already. */
  readonly received: bigint;
  /** Money units offered to a project as partial residue: neither spent on a project nor left. */
  readonly offered: bigint;
  /** Money units left after counting. */
  readonly left: bigint;
  /** Money units of `left` handed on to other areas. */
  readonly passed: bigint;
  readonly outcome: Outcome;
}

export interface AreasOutcome {
  /** In the order of counting. */
  readonly areas: readonly AreaOutcome[];
  /** Money units that nobody could use. Σ budgets = Σ costs + Σ offered + unspent. */
  readonly unspent: bigint;
}

/**
 * Counts all areas of a round, passing on what is left over by the stated rule. Money is neither made nor
 * lost. Throws VotingError `areas` for areas that are listed twice, of different money units, or a
 * passing rule that needs a city-wide area where there is none.
 */
export function allocateAreas(input: AreasInput): AreasOutcome {
  const order = countingOrder(input);
  const received = new Map<string, bigint>(order.map(({ id }) => [id, 0n]));
  const outcomes: AreaOutcome[] = [];
  let unspent = 0n;
  order.forEach((area, place) => {
    const extra = received.get(area.id) ?? 0n;
    const budget = area.instance.budget + extra;
    const outcome = allocate({ ...area.instance, budget }, area.rule);
    const offered = offeredBy(outcome);
    const left = budget - outcome.cost - offered;
    const gifts = giftsOf(input, order, place, left);
    let passed = 0n;
    for (const [id, amount] of gifts) {
      received.set(id, (received.get(id) ?? 0n) + amount);
      passed += amount;
    }
    unspent += left - passed;
    outcomes.push({ area: area.id, received: extra, offered, left, passed, outcome });
  });
  return { areas: outcomes, unspent };
}

function countingOrder({ areas, city, passing }: AreasInput): readonly Area[] {
  const ids = new Set(areas.map(({ id }) => id));
  if (ids.size !== areas.length) throw new VotingError("areas", "an area is listed twice");
  if (new Set(areas.map(({ instance }) => instance.moneyDecimals)).size > 1) {
    throw new VotingError("areas", "the areas do not use one money unit");
  }
  if (city !== null && !ids.has(city))
    throw new VotingError("areas", `there is no area ${city}`, { area: city });
  if (passing === "keep" || passing === "next") return areas;
  if (city === null) throw new VotingError("areas", `${passing} needs a city-wide area`);
  const districts = areas.filter(({ id }) => id !== city);
  const wide = areas.filter(({ id }) => id === city);
  return passing === "to-city" ? [...districts, ...wide] : [...wide, ...districts];
}

function offeredBy(outcome: Outcome): bigint {
  return outcome.steps.reduce((sum, step) => (step.kind === "residue" ? sum + step.amount : sum), 0n);
}

/** Who gets how much of what the area at `place` leaves over. */
function giftsOf(
  { city, passing }: AreasInput,
  order: readonly Area[],
  place: number,
  left: bigint,
): readonly (readonly [string, bigint])[] {
  const area = order[place];
  if (area === undefined || left === 0n || passing === "keep") return [];
  if (passing === "next") {
    const next = order[place + 1];
    return next === undefined ? [] : [[next.id, left]];
  }
  if (passing === "to-city") return area.id === city || city === null ? [] : [[city, left]];
  return area.id === city ? inProportion(order.slice(1), left) : [];
}

/** Splits an amount by valid ballots into whole money units, largest remainder first, ties by id. */
function inProportion(districts: readonly Area[], amount: bigint): (readonly [string, bigint])[] {
  const voters = districts.reduce((sum, { instance }) => sum + BigInt(instance.profile.voters), 0n);
  if (voters === 0n) return [];
  const parts = districts.map(({ id, instance }) => {
    const product = amount * BigInt(instance.profile.voters);
    return { id, share: product / voters, remainder: product % voters };
  });
  let rest = amount - parts.reduce((sum, { share }) => sum + share, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? comparePoints(a.id, b.id) : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of byRemainder) {
    if (rest === 0n) break;
    part.share += 1n;
    rest -= 1n;
  }
  return parts.map(({ id, share }) => [id, share] as const);
}
