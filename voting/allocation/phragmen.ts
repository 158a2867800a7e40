import { type Rational, rational } from "../rational";
import type { Step, StopReason, Tie } from "./outcome";
import type { Tally } from "./tally";
import { tieBetween } from "./tie";

export interface PhragmenRun {
  readonly selected: readonly number[];
  readonly steps: readonly Step[];
  readonly ties: readonly Tie[];
  readonly stop: StopReason;
}

/** The load of everybody who voted for a project once it is bought: sum / parts. */
interface Load {
  readonly sum: bigint;
  readonly parts: bigint;
}

/**
 * Sequential Phragmén (Brill, Freeman, Janson, Lackner, *Phragmén's Voting Methods and Justified
 * Representation*, AAAI 2017; with costs: Los, Christoff, Grossi, *Proportional Budget Allocations*,
 * IJCAI 2022). A project bought makes the load of each of its supporters (Σ loads + cost) / supporters; the
 * least such load is next. Projects over the budget are removed first, those without supporters never
 * enter, and the rule stops when any of the tied least does not fit.
 */
export function phragmen(tally: Tally): PhragmenRun {
  const { projects, budget } = tally.instance;
  const id = (project: number) => projects[project]?.id ?? "";
  const costOf = (project: number) => projects[project]?.cost ?? 0n;
  const rankOf = (project: number) => tally.rank[project] ?? 0;
  const steps: Step[] = [];
  const selected: number[] = [];
  const ties: Tie[] = [];
  const loads = createLoads(tally);
  let left = budget;
  let candidates: number[] = [];
  projects.forEach(({ cost }, project) => {
    if ((tally.supporterCount[project] ?? 0) === 0) steps.push({ kind: "no-votes", project: id(project) });
    else if (cost > budget) steps.push({ kind: "over-budget", project: id(project) });
    else candidates.push(project);
  });
  candidates.sort((a, b) => rankOf(a) - rankOf(b));
  while (candidates.length > 0) {
    let least: Load | null = null;
    let tied: number[] = [];
    for (const project of candidates) {
      const load = loads.after(project, costOf(project));
      const difference: bigint = least === null ? -1n : load.sum * least.parts - least.sum * load.parts;
      if (difference < 0n) {
        least = load;
        tied = [project];
      } else if (difference === 0n) tied.push(project);
    }
    const [next] = tied;
    if (least === null || next === undefined) break;
    const blocking = tied.filter((project) => costOf(project) > left);
    if (blocking.length > 0) {
      for (const project of blocking)
        steps.push({ kind: "not-fitting", project: id(project), left, stops: true });
      for (const project of candidates) {
        if (!blocking.includes(project)) steps.push({ kind: "not-reached", project: id(project) });
      }
      return { selected, steps, ties, stop: "next-not-fitting" };
    }
    steps.push({ kind: "phragmen", project: id(next), load: loads.buy(next, least) });
    selected.push(next);
    const tie = tieBetween(tally, [next], tied.slice(1));
    if (tie) ties.push(tie);
    left -= costOf(next);
    candidates = candidates.filter((project) => project !== next);
  }
  return { selected, steps, ties, stop: "all-selected" };
}

/** Loads over one common denominator. All supporters of the last project a bloc paid for share one load. */
function createLoads(tally: Tally) {
  const { offsets, supporters, weight } = tally;
  const loads: bigint[] = [0n];
  let denominator = 1n;
  const lastPurchase = new Uint32Array(tally.blocs);
  const voters = new Float64Array(tally.instance.projects.length + 1);
  return {
    /** The load of a project's supporters if it were bought now. */
    after(project: number, cost: bigint): Load {
      voters.fill(0);
      for (let e = offsets[project] ?? 0; e < (offsets[project + 1] ?? 0); e++) {
        const bloc = supporters[e] ?? 0;
        const purchase = lastPurchase[bloc] ?? 0;
        voters[purchase] = (voters[purchase] ?? 0) + (weight[bloc] ?? 0);
      }
      let sum = cost * denominator;
      for (let purchase = 1; purchase < loads.length; purchase++) {
        const count = voters[purchase] ?? 0;
        if (count > 0) sum += BigInt(count) * (loads[purchase] ?? 0n);
      }
      return { sum, parts: BigInt(tally.supporterCount[project] ?? 0) };
    },

    /** Gives all supporters of a project the load; returns it in money units. */
    buy(project: number, { sum, parts }: Load): Rational {
      const load = rational(sum, parts * denominator);
      const whole = rational(load.n * denominator, load.d);
      if (whole.d !== 1n) {
        denominator *= whole.d;
        for (let purchase = 1; purchase < loads.length; purchase++) {
          loads[purchase] = (loads[purchase] ?? 0n) * whole.d;
        }
      }
      const purchase = loads.push(whole.n) - 1;
      for (let e = offsets[project] ?? 0; e < (offsets[project + 1] ?? 0); e++) {
        lastPurchase[supporters[e] ?? 0] = purchase;
      }
      return load;
    },
  };
}
