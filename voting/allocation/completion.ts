import { add, floor, type Rational, rational, ZERO } from "../rational";
import { type EqualSharesRun, equalShares, type Utility } from "./mes";
import type { StopReason } from "./outcome";
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
  const { budget } = tally.instance;
  let endowment = startingEndowment(tally, options.start);
  let run = equalShares(tally, options.utility, endowment);
  for (let iterations = 0; ; ) {
    const finished = finish(tally, run, options.stop);
    if (finished !== null) return { run, endowment, iterations, stop: finished };
    const raised = add(endowment, options.increment);
    const next = equalShares(tally, options.utility, raised);
    iterations += 1;
    onIteration?.(iterations, next.cost);
    if (next.cost > budget) return { run, endowment, iterations, stop: "overspend-next" };
    run = next;
    endowment = raised;
  }
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
