import { compare, type Rational } from "../rational";
import type { Step, StopReason, Tie } from "./outcome";
import type { Tally } from "./tally";
import { tieBetween } from "./tie";

/** Incompatible pairs and thresholds are already in project indices and point units here. */
export interface GreedyOptions {
  /** Go on after a project that does not fit. */
  readonly skip: boolean;
  /** Least votes, in point units; null for none. */
  readonly threshold: Rational | null;
  /** Offer what is left to the first project that does not fit, as Bologna does. */
  readonly residue: boolean;
  /** Pairs of projects of which at most one is taken. */
  readonly incompatible: readonly (readonly [number, number])[];
}

export const PLAIN_GREEDY: GreedyOptions = { skip: true, threshold: null, residue: false, incompatible: [] };

/** Where a rule hands over to greedy: what is selected already, and the money left. */
export interface HandOver {
  readonly selected: readonly number[];
  readonly left: bigint;
}

export interface GreedyRun {
  readonly selected: readonly number[];
  readonly steps: readonly Step[];
  readonly ties: readonly Tie[];
  readonly stop: StopReason;
}

/** Projects from the best to the worst: those that are equally good in one group, in the order that decides. */
export interface Order {
  readonly groups: readonly (readonly number[])[];
  readonly tiesFirstBy: "cost" | "votes";
}

/** Projects by votes, most first; ties by the tie order. */
export function byVotes(tally: Tally): Order {
  return sorted(tally, (a, b) => {
    const difference = (tally.votes[b] ?? 0n) - (tally.votes[a] ?? 0n);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
}

/** Projects by votes for each unit of cost, most first; with votes and without cost before all others. */
export function byVotesPerCost(tally: Tally): Order {
  const costs = tally.instance.projects.map(({ cost }) => cost);
  return sorted(tally, (a, b) => {
    const [votesA, votesB] = [tally.votes[a] ?? 0n, tally.votes[b] ?? 0n];
    const [costA, costB] = [costs[a] ?? 0n, costs[b] ?? 0n];
    // A project without cost is infinitely good with votes, and as good as any other without them.
    const freeA = costA === 0n && votesA > 0n;
    const freeB = costB === 0n && votesB > 0n;
    if (freeA || freeB) return Number(freeB) - Number(freeA);
    const difference = votesB * (costA || 1n) - votesA * (costB || 1n);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
}

/**
 * Walks `order` once, taking what fits. Source: the rule of most cities in Pabulib (arXiv 2012.06539);
 * the residue follows Bologna's regulation.
 */
export function greedy(
  tally: Tally,
  { groups, tiesFirstBy }: Order,
  options: GreedyOptions,
  from: HandOver = { selected: [], left: tally.instance.budget },
): GreedyRun {
  const { projects } = tally.instance;
  const id = (project: number) => projects[project]?.id ?? "";
  const taken = new Set(from.selected);
  const selected: number[] = [];
  const steps: Step[] = [];
  const ties: Tie[] = [];
  let left = from.left;
  let stopped = false;
  let offered = false;
  const excluding = (project: number) =>
    options.incompatible.find(([a, b]) => (a === project && taken.has(b)) || (b === project && taken.has(a)));
  const consider = (project: number): void => {
    const cost = projects[project]?.cost ?? 0n;
    const other = excluding(project);
    if (isBelow(tally.votes[project] ?? 0n, options.threshold)) {
      steps.push({ kind: "below-threshold", project: id(project) });
    } else if (stopped) {
      steps.push({ kind: "not-reached", project: id(project) });
    } else if (other !== undefined) {
      steps.push({
        kind: "incompatible",
        project: id(project),
        other: id(other[0] === project ? other[1] : other[0]),
      });
    } else if (cost <= left) {
      steps.push({ kind: "taken", project: id(project), left });
      taken.add(project);
      selected.push(project);
      left -= cost;
    } else if (options.residue && !offered && left > 0n) {
      steps.push({ kind: "residue", project: id(project), amount: left });
      offered = true;
      left = 0n;
      stopped = !options.skip;
    } else {
      steps.push({ kind: "not-fitting", project: id(project), left, stops: !options.skip });
      stopped = !options.skip;
    }
  };
  for (const group of groups) {
    const open = group.filter((project) => !taken.has(project));
    // Those that would be taken if they came first among their equals.
    const equals = open.filter(
      (project) =>
        !stopped &&
        !isBelow(tally.votes[project] ?? 0n, options.threshold) &&
        (projects[project]?.cost ?? 0n) <= left &&
        excluding(project) === undefined,
    );
    open.forEach(consider);
    const isTaken = (project: number) => taken.has(project);
    const tie = tieBetween(
      tally,
      equals.filter(isTaken),
      equals.filter((project) => !isTaken(project)),
      tiesFirstBy,
    );
    if (tie) ties.push(tie);
  }
  return { selected, steps, ties, stop: stopped ? "first-not-fitting" : "end-of-list" };
}

function isBelow(votes: bigint, threshold: Rational | null): boolean {
  return threshold !== null && compare({ n: votes, d: 1n }, threshold) < 0;
}

function sorted(tally: Tally, compareProjects: (a: number, b: number) => number): Order {
  const order = tally.instance.projects.map((_, index) => index);
  order.sort((a, b) => compareProjects(a, b) || (tally.rank[a] ?? 0) - (tally.rank[b] ?? 0));
  return { groups: groupEquals(order, (a, b) => compareProjects(a, b) === 0), tiesFirstBy: "cost" };
}

/** Puts neighbours that are equal into one group. */
export function groupEquals(
  inOrder: readonly number[],
  areEqual: (a: number, b: number) => boolean,
): number[][] {
  const groups: number[][] = [];
  for (const project of inOrder) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && areEqual(last[0], project)) last.push(project);
    else groups.push([project]);
  }
  return groups;
}
