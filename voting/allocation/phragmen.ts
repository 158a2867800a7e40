import { gcd, type Rational, rational } from "../rational";
import type { Step, StopReason } from "./outcome";
import type { Tally } from "./tally";

export interface PhragmenRun {
  readonly selected: readonly number[];
  readonly steps: readonly Step[];
  readonly stop: StopReason;
}

/**
 * Sequential Phragmén (Brill, Freeman, Janson, Lackner, *Phragmén's Voting Methods and Justified
 * Representation*, 2017; for costs: Los, Christoff, Grossi, *Proportional Budget Allocations*, IJCAI 2022).
 * A project bought makes the load of each of its supporters (Σ loads + cost) / supporters; the least such
 * load is next. Projects over the budget are removed first, those without supporters never enter, and
 * the rule stops when any of the tied least does not fit.
 */
export function phragmen(tally: Tally): PhragmenRun {
  const { projects, budget } = tally.instance;
  const id = (project: number) => projects[project]?.id ?? "";
  const steps: Step[] = [];
  const selected: number[] = [];
  // Loads are whole numbers over one common denominator.
  const loads: bigint[] = Array.from({ length: tally.blocs }, () => 0n);
  let denominator = 1n;
  let left = budget;
  let candidates: number[] = [];
  projects.forEach(({ cost }, project) => {
    if ((tally.supporterCount[project] ?? 0) === 0) steps.push({ kind: "no-votes", project: id(project) });
    else if (cost > budget) steps.push({ kind: "over-budget", project: id(project) });
    else candidates.push(project);
  });
  while (candidates.length > 0) {
    let least: { readonly sum: bigint; readonly parts: bigint } | null = null;
    let tied: number[] = [];
    for (const project of candidates) {
      const sum = loadOf(tally, loads, project) + (projects[project]?.cost ?? 0n) * denominator;
      const parts = BigInt(tally.supporterCount[project] ?? 0);
      const difference: bigint = least === null ? -1n : sum * least.parts - least.sum * parts;
      if (difference < 0n) {
        least = { sum, parts };
        tied = [project];
      } else if (difference === 0n) tied.push(project);
    }
    tied.sort((a, b) => (tally.rank[a] ?? 0) - (tally.rank[b] ?? 0));
    const blocking = tied.filter((project) => (projects[project]?.cost ?? 0n) > left);
    const next = tied[0];
    if (least === null || next === undefined) break;
    if (blocking.length > 0) {
      for (const project of blocking)
        steps.push({ kind: "not-fitting", project: id(project), left, stops: true });
      for (const project of candidates) {
        if (!blocking.includes(project)) steps.push({ kind: "not-reached", project: id(project) });
      }
      return { selected, steps, stop: "next-not-fitting" };
    }
    const load: Rational = rational(least.sum, least.parts * denominator);
    const factor = load.d / gcd(load.d, denominator);
    if (factor !== 1n) {
      denominator *= factor;
      for (let bloc = 0; bloc < loads.length; bloc++) loads[bloc] = (loads[bloc] ?? 0n) * factor;
    }
    const scaled = (load.n * denominator) / load.d;
    for (let e = tally.offsets[next] ?? 0; e < (tally.offsets[next + 1] ?? 0); e++) {
      loads[tally.supporters[e] ?? 0] = scaled;
    }
    steps.push({ kind: "phragmen", project: id(next), load });
    selected.push(next);
    left -= projects[next]?.cost ?? 0n;
    candidates = candidates.filter((project) => project !== next);
  }
  return { selected, steps, stop: "all-selected" };
}

function loadOf(tally: Tally, loads: readonly bigint[], project: number): bigint {
  let sum = 0n;
  for (let e = tally.offsets[project] ?? 0; e < (tally.offsets[project + 1] ?? 0); e++) {
    const bloc = tally.supporters[e] ?? 0;
    sum += BigInt(tally.weight[bloc] ?? 0) * (loads[bloc] ?? 0n);
  }
  return sum;
}
