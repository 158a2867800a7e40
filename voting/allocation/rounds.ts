import { type Rational, rational, subtract } from "../rational";
import type { Instance } from "./instance";
import { type Outcome, type Step, selectedBy } from "./outcome";
import { type Payment, replayShares } from "./replay";
import { tallyBallots } from "./tally";

/** One step of an outcome with the figures a page shows beside it. */
export interface TracedRound {
  /** From 1. */
  readonly round: number;
  readonly step: Step;
  /** Cost of the step's project, in money units. */
  readonly cost: bigint;
  /** Money units of the budget left after this step. */
  readonly left: bigint;
  /** Who paid what, when Equal Shares bought the project. */
  readonly payment: Payment | null;
  /** Projects that dropped out of Equal Shares after this step, with what their supporters still held. */
  readonly dropped: readonly {
    readonly project: string;
    readonly held: Rational;
    readonly missing: Rational;
  }[];
}

export interface Trace {
  /** Projects that even all the money of their supporters could not pay, under Equal Shares. */
  readonly droppedAtStart: TracedRound["dropped"];
  readonly rounds: readonly TracedRound[];
}

/** The rounds of an outcome one by one, for a page that shows how the method went. */
export function traceRounds(instance: Instance, outcome: Outcome): Trace {
  const tally = tallyBallots(instance);
  const { rule } = outcome;
  const withPoints = rule.rule === "mes" && (rule.utility === "points" || rule.utility === "points-x-cost");
  const shares = rule.rule === "mes" && outcome.comparison?.kept !== "greedy";
  const replay = shares ? replayShares(tally, outcome, withPoints) : null;
  const indexOf = new Map(instance.projects.map(({ id }, index) => [id, index]));
  const dropped = (list: readonly { readonly project: number; readonly held: Rational }[]) =>
    list.map(({ project, held }) => {
      const { id = "", cost = 0n } = instance.projects[project] ?? {};
      return { project: id, held, missing: subtract(rational(cost), held) };
    });
  let left = outcome.budget;
  const rounds = outcome.steps.map((step, place): TracedRound => {
    const index = indexOf.get(step.project) ?? -1;
    const cost = instance.projects[index]?.cost ?? 0n;
    if (selectedBy(step) !== null) left -= cost;
    const bought =
      step.kind === "equal-shares" ? replay?.rounds.find(({ project }) => project === index) : undefined;
    return {
      round: place + 1,
      step,
      cost,
      left,
      payment: bought?.payment ?? null,
      dropped: dropped(bought?.dropped ?? []),
    };
  });
  return { droppedAtStart: dropped(replay?.droppedAtStart ?? []), rounds };
}
