import { add, divide, floor, multiply, type Rational, rational, ZERO } from "../rational";
import { type EqualSharesRun, equalShares, type Utility } from "./mes";
import type { StopReason } from "./outcome";
import { type Stretch, stretchOf } from "./stretch";
import type { Tally } from "./tally";

export interface Add1Options {
  readonly utility: Utility;
  /** From exactly B/n, or from its integer part in the currency unit. */
  readonly start: "exact" | "floor";
  /** `exhaustive` also stops when no unselected project with votes and cost fits. */
  readonly stop: "exhaustive" | "overspend";
  /** Money units added for each voter in each iteration; above 0. */
  readonly increment: Rational;
}

export interface Add1Result {
  readonly run: EqualSharesRun;
  readonly endowment: Rational;
  /** Re-runs, the rejected one included. */
  readonly iterations: number;
  readonly stop: StopReason;
}

/** Told after each re-run; for a progress bar. */
export type OnIteration = (iterations: number, cost: bigint) => void;

/** What each voter starts with: B/n money units, nothing without voters. */
export function equalEndowment(tally: Tally): Rational {
  const { budget, profile } = tally.instance;
  return profile.voters === 0 ? ZERO : rational(budget, BigInt(profile.voters));
}

/**
 * The add1 completion: gives every voter an increment more and runs Equal Shares again, until the outcome
 * would cost more than the budget; the last one within it stands. Costs do not rise steadily with the
 * endowment, so no step may be left out. Source: equalshares.net; the two stops are those of pabutools
 * (exhaustive) and of Wieliczka 2023 (overspend).
 */
export function add1(tally: Tally, options: Add1Options, onIteration?: OnIteration): Add1Result {
  const { utility, increment } = options;
  let endowment = startingEndowment(tally, options.start);
  let run = equalShares(tally, utility, endowment);
  let pause = FIRST_PAUSE;
  let untilLook = pause;
  for (let iterations = 0n; ; ) {
    const finished = finish(tally, run, options.stop);
    if (finished !== null) return { run, endowment, iterations: Number(iterations), stop: finished };
    let last = { endowment, increments: 0n };
    if (untilLook-- <= 0) {
      const { looks, ...alike } = lookAhead(tally, utility, run, endowment, increment);
      last = alike;
      pause = alike.increments > 2n * looks ? 0 : Math.max(FIRST_PAUSE, 2 * pause);
      untilLook = pause;
    }
    const raised = add(last.endowment, increment);
    const next = equalShares(tally, utility, raised);
    iterations += last.increments + 1n;
    onIteration?.(Number(iterations), next.cost);
    if (next.cost > tally.instance.budget) {
      const standing = last.increments === 0n ? run : equalShares(tally, utility, last.endowment);
      return {
        ...{ run: standing, endowment: last.endowment },
        ...{ iterations: Number(iterations), stop: "overspend-next" as const },
      };
    }
    run = next;
    endowment = raised;
  }
}

/** Re-runs before it is looked ahead for the first time: a look takes as long as two of them, and may be in vain. */
const FIRST_PAUSE = 8;

/**
 * How many increments after `from` certainly buy what `run` bought with it, the endowment they lead to, and the
 * number of looks it took to tell.
 */
function lookAhead(tally: Tally, utility: Utility, run: EqualSharesRun, from: Rational, increment: Rational) {
  const order = run.purchases.filter(({ price }) => price.n > 0n).map(({ project }) => project);
  let last = { endowment: from, increments: 0n };
  let next = last;
  for (let looks = 1n; ; looks++) {
    const stretch = stretchOf(tally, utility, order, next.endowment);
    if (stretch === null) return { ...last, looks };
    const increments = next.increments + wholeIncrements(stretch, increment);
    last = { endowment: add(from, multiply(increment, rational(increments))), increments };
    next = { endowment: add(last.endowment, increment), increments: increments + 1n };
  }
}

function wholeIncrements({ more, inclusive }: Stretch, increment: Rational): bigint {
  const fitting = divide(more, increment);
  return inclusive || fitting.d > 1n ? floor(fitting) : fitting.n - 1n;
}

function startingEndowment(tally: Tally, start: "exact" | "floor"): Rational {
  const exact = equalEndowment(tally);
  if (start === "exact") return exact;
  const unit = 10n ** BigInt(tally.instance.moneyDecimals);
  return rational(floor({ n: exact.n, d: exact.d * unit }) * unit);
}

/** Why the completion ends with this run, or null when it goes on. What has votes and no cost is always selected. */
function finish(tally: Tally, run: EqualSharesRun, stop: "exhaustive" | "overspend"): StopReason | null {
  const selected = new Set(run.purchases.map(({ project }) => project));
  const left = tally.instance.budget - run.cost;
  let allSelected = true;
  let exhaustive = true;
  tally.instance.projects.forEach(({ cost }, project) => {
    if (selected.has(project) || (tally.supporterCount[project] ?? 0) === 0) return;
    allSelected = false;
    if (cost <= left) exhaustive = false;
  });
  if (stop === "exhaustive") return exhaustive ? "exhaustive" : null;
  return allSelected ? "all-selected" : null;
}
