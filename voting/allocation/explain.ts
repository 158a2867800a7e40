import { add, compare, divide, floor, type Rational, rational, subtract, ZERO } from "../rational";
import type { Instance } from "./instance";
import type { Outcome, Step } from "./outcome";
import { selectedBy } from "./outcome";
import { type Payment, type Replay, replayShares } from "./replay";
import { readDecimal } from "./rule-spec";
import { count, money, project as named, number, type Sentence } from "./sentence";
import { type Tally, tallyBallots } from "./tally";

/** Money that went to another project, in money units. */
export interface Spent {
  readonly project: string;
  readonly amount: Rational;
}

/** Why a project was or was not funded: the figures, all in money units, and the sentences that tell them. */
export interface ProjectExplanation {
  readonly project: string;
  readonly funded: boolean;
  readonly reason: ExplanationReason;
  readonly cost: bigint;
  /** Approvals, or the sum of point units. */
  readonly votes: bigint;
  /** Voters who support it. */
  readonly supporters: number;
  /** What Equal Shares found; null under other rules and for projects without supporters. */
  readonly shares: SharesExplanation | null;
  /** What was left of the budget when the project's turn came; null when it never came. */
  readonly left: bigint | null;
  /** What was missing to fund it, from supporters or from the budget; null where money was not the reason. */
  readonly missing: Rational | null;
  /** Which projects took the money that was missing, the most first. With what was left it is all there was. */
  readonly takenBy: readonly Spent[];
  readonly sentences: readonly Sentence[];
}

export type ExplanationReason =
  | "free"
  | "bought"
  | "taken"
  | "phragmen"
  | "unaffordable"
  | "not-fitting"
  | "not-reached"
  | "incompatible"
  | "below-threshold"
  | "residue"
  | "over-budget"
  | "no-votes";

export type SharesExplanation =
  | {
      readonly bought: true;
      readonly payment: Payment;
      /** Whether the price is for each point unit. */
      readonly withPoints: boolean;
    }
  | {
      readonly bought: false;
      /** What each voter started with. */
      readonly endowment: Rational;
      /** What its supporters still held when that fell below the cost. */
      readonly held: Rational;
      /** Voters with a whole share who would have made up for what was missing. */
      readonly moreSupporters: number;
    };

/**
 * Explains an outcome project by project: the selected ones in their order, then the others by votes.
 * For a project that Equal Shares could not afford, supporters × endowment = held + Σ takenBy and
 * held + missing = cost; for one that did not fit, budget = left + Σ takenBy and left + missing = cost.
 */
export function explainProjects(instance: Instance, outcome: Outcome): ProjectExplanation[] {
  const tally = tallyBallots(instance);
  const shares = sharesOf(tally, outcome);
  const indexOf = new Map(instance.projects.map(({ id }, index) => [id, index]));
  const steps = new Map(outcome.steps.map((step) => [step.project, step]));
  const spent: Spent[] = [];
  const selected = outcome.selected.map((id) => {
    const index = indexOf.get(id) ?? 0;
    const explanation = explain(tally, outcome, index, steps.get(id), shares, []);
    spent.push({ project: id, amount: rational(instance.projects[index]?.cost ?? 0n) });
    return explanation;
  });
  const others = instance.projects
    .map((_, index) => index)
    .filter((index) => !outcome.selected.includes(instance.projects[index]?.id ?? ""))
    .sort((a, b) => compareVotes(tally, a, b));
  const place = new Map(outcome.steps.map((step, index) => [step.project, index]));
  return [
    ...selected,
    ...others.map((index) => {
      const id = instance.projects[index]?.id ?? "";
      const turn = place.get(id) ?? outcome.steps.length;
      const before = spent.filter(({ project }) => (place.get(project) ?? 0) < turn);
      return explain(tally, outcome, index, steps.get(id), shares, before);
    }),
  ];
}

function compareVotes(tally: Tally, a: number, b: number): number {
  const difference = (tally.votes[b] ?? 0n) - (tally.votes[a] ?? 0n);
  return difference === 0n ? (tally.rank[a] ?? 0) - (tally.rank[b] ?? 0) : difference < 0n ? -1 : 1;
}

function sharesOf(tally: Tally, outcome: Outcome): Replay | null {
  const { rule } = outcome;
  if (rule.rule !== "mes" || outcome.comparison?.kept === "greedy") return null;
  return replayShares(tally, outcome, rule.utility === "points" || rule.utility === "points-x-cost");
}

function explain(
  tally: Tally,
  outcome: Outcome,
  index: number,
  step: Step | undefined,
  replay: Replay | null,
  spentBefore: readonly Spent[],
): ProjectExplanation {
  const { id = "", cost = 0n } = tally.instance.projects[index] ?? {};
  const supporters = tally.supporterCount[index] ?? 0;
  const shares = replay === null || supporters === 0 ? null : sharesExplanation(tally, replay, index, cost);
  const base = {
    project: id,
    funded: step !== undefined && selectedBy(step) !== null,
    cost,
    votes: tally.votes[index] ?? 0n,
    supporters,
    shares: shares?.explanation ?? null,
    left: null,
    missing: null,
    takenBy: [] as readonly Spent[],
  };
  const values = {
    project: named(id),
    cost: money(cost),
    supporters: count(supporters),
    voters: count(outcome.voters),
    votes: number(rational(base.votes, 10n ** BigInt(tally.instance.pointDecimals))),
  };
  const sentence = (key: string, more: Sentence["values"] = {}): Sentence => ({
    key: `allocation.explanation.${key}`,
    values: { ...values, ...more },
  });

  if (step === undefined || step.kind === "no-votes") {
    if (shares?.explanation.bought === false) {
      return {
        ...base,
        reason: "unaffordable",
        missing: shares.missing,
        takenBy: shares.takenBy,
        sentences: unaffordable(shares, sentence),
      };
    }
    return { ...base, reason: "no-votes", sentences: [sentence("noVotes")] };
  }
  const earlier =
    shares?.explanation.bought === false ? [sentence("sharesBefore", sharesValues(shares))] : [];
  switch (step.kind) {
    case "free":
      return { ...base, reason: "free", sentences: [sentence("free")] };
    case "equal-shares":
      return { ...base, reason: "bought", sentences: bought(shares, sentence) };
    case "taken":
      return {
        ...base,
        reason: "taken",
        left: step.left,
        sentences: [
          ...scored(outcome, id, sentence),
          sentence(replay === null ? "taken" : "completed", { left: money(step.left) }),
          ...earlier,
        ],
      };
    case "phragmen":
      return { ...base, reason: "phragmen", sentences: [sentence("phragmen", { load: money(step.load) })] };
    case "not-fitting": {
      const missing = rational(cost - step.left);
      return {
        ...base,
        reason: "not-fitting",
        left: step.left,
        missing,
        takenBy: spentBefore,
        sentences: [
          ...scored(outcome, id, sentence),
          sentence("notFitting", { left: money(step.left), missing: money(missing) }),
          ...earlier,
        ],
      };
    }
    case "residue": {
      const missing = rational(cost - step.amount);
      return {
        ...base,
        reason: "residue",
        left: step.amount,
        missing,
        takenBy: spentBefore,
        sentences: [sentence("residue", { left: money(step.amount), missing: money(missing) })],
      };
    }
    case "over-budget": {
      const missing = rational(cost - outcome.budget);
      return {
        ...base,
        reason: "over-budget",
        left: outcome.budget,
        missing,
        sentences: [sentence("overBudget", { budget: money(outcome.budget), missing: money(missing) })],
      };
    }
    case "incompatible":
      return {
        ...base,
        reason: "incompatible",
        sentences: [sentence("incompatible", { other: named(step.other) })],
      };
    case "below-threshold":
      return { ...base, reason: "below-threshold", sentences: [sentence("belowThreshold")] };
    case "not-reached":
      return { ...base, reason: "not-reached", sentences: [sentence("notReached")] };
  }
}

interface SharesFound {
  readonly explanation: SharesExplanation;
  readonly missing: Rational;
  readonly takenBy: readonly Spent[];
}

function sharesExplanation(tally: Tally, replay: Replay, index: number, cost: bigint): SharesFound | null {
  const round = replay.rounds.find(({ project }) => project === index);
  if (round !== undefined) {
    const explanation = { bought: true, payment: round.payment, withPoints: replay.withPoints } as const;
    return { explanation, missing: ZERO, takenBy: [] };
  }
  const dropped = [...replay.droppedAtStart, ...replay.rounds.flatMap(({ dropped: out }) => out)];
  const out = dropped.find(({ project }) => project === index);
  if (out === undefined) return null;
  const missing = subtract(rational(cost), out.held);
  const ids = tally.instance.projects;
  const takenBy = [...(replay.paidElsewhere[index] ?? [])]
    .map(([project, amount]) => ({ project: ids[project]?.id ?? "", amount }))
    .sort((a, b) => compare(b.amount, a.amount));
  const moreSupporters = replay.endowment.n === 0n ? 0 : Number(roundedUp(divide(missing, replay.endowment)));
  return {
    explanation: { bought: false, endowment: replay.endowment, held: out.held, moreSupporters },
    missing,
    takenBy,
  };
}

function bought(found: SharesFound | null, sentence: MakeSentence): Sentence[] {
  if (found?.explanation.bought !== true) return [];
  const { price, full, effectiveVotes, partial, partialPaid } = found.explanation.payment;
  const sentences = [
    sentence(found.explanation.withPoints ? "boughtWithPoints" : "bought", {
      price: money(price),
      full: count(full),
      effectiveVotes: number(effectiveVotes),
    }),
  ];
  if (partial > 0) {
    sentences.push(sentence("boughtPartly", { partial: count(partial), partialPaid: money(partialPaid) }));
  }
  return sentences;
}

function unaffordable(found: SharesFound, sentence: MakeSentence): Sentence[] {
  const sentences = [sentence("unaffordable", sharesValues(found))];
  const [first] = found.takenBy;
  if (first !== undefined) {
    sentences.push(
      sentence("moneyWentTo", {
        other: named(first.project),
        amount: money(first.amount),
        others: count(found.takenBy.length - 1),
        total: money(found.takenBy.reduce((sum, { amount }) => add(sum, amount), ZERO)),
      }),
    );
  }
  return sentences;
}

function sharesValues({ explanation, missing }: SharesFound): Sentence["values"] {
  if (explanation.bought) return {};
  return {
    endowment: money(explanation.endowment),
    held: money(explanation.held),
    missing: money(missing),
    moreSupporters: count(explanation.moreSupporters),
  };
}

/** The line of the ranking, under *score plus votes*. */
function scored(outcome: Outcome, id: string, sentence: MakeSentence): Sentence[] {
  const line = outcome.ranking?.find(({ project }) => project === id);
  if (line === undefined) return [];
  const points = (text: string) => {
    const { units, decimals } = readDecimal(text);
    return number(rational(units, 10n ** BigInt(decimals)));
  };
  const values = {
    technical: points(line.technical),
    votePoints: points(line.votePoints),
    total: points(line.total),
  };
  return [sentence("scored", values)];
}

type MakeSentence = (key: string, values?: Sentence["values"]) => Sentence;

function roundedUp(value: Rational): bigint {
  return -floor({ n: -value.n, d: value.d });
}
