import { VotingError } from "../errors";
import { type Decimal, type Rational, rational } from "../rational";
import { compareSelections } from "./comparison";
import { add1, equalEndowment, type OnIteration } from "./completion";
import { byVotes, byVotesPerCost, type GreedyOptions, type GreedyRun, greedy, PLAIN_GREEDY } from "./greedy";
import type { Instance } from "./instance";
import { type EqualSharesRun, equalShares } from "./mes";
import type { Comparison, Outcome, RankingLine, Step, StopReason, Tie } from "./outcome";
import { phragmen } from "./phragmen";
import { type EqualSharesSpec, type GreedySpec, type RuleSpec, readDecimal } from "./rule-spec";
import { scorePlusVotes } from "./score-plus-votes";
import { type Tally, tallyBallots } from "./tally";
import { tieBetween } from "./tie";

export { canonicalRule, parseRule, RULE_CODE_VERSION, type RuleSpec } from "./rule-spec";

/** What a rule arrived at, in project indices, before it becomes an Outcome. */
interface Result {
  readonly selected: readonly number[];
  readonly steps: readonly Step[];
  readonly ties: readonly Tie[];
  readonly stop: StopReason;
  readonly endowment?: Rational;
  readonly iterations?: number;
  readonly comparison?: Comparison;
  readonly ranking?: readonly RankingLine[];
}

/**
 * Counts an instance by a rule. Deterministic and exact: the same instance and rule give the same outcome
 * on every machine, and neither the order of ballots nor that of projects matters.
 * Throws VotingError when the rule does not fit the instance (an unknown project in a pair, a missing score).
 */
export function allocate(instance: Instance, rule: RuleSpec, onIteration?: OnIteration): Outcome {
  const tally = tallyBallots(instance);
  const result = run(tally, rule, onIteration);
  const cost = result.selected.reduce((sum, project) => sum + (instance.projects[project]?.cost ?? 0n), 0n);
  return {
    rule,
    selected: ids(tally, result.selected),
    cost,
    budget: instance.budget,
    moneyDecimals: instance.moneyDecimals,
    voters: instance.profile.voters,
    endowment: result.endowment ?? null,
    iterations: result.iterations ?? 0,
    stop: result.stop,
    comparison: result.comparison ?? null,
    ranking: result.ranking ?? null,
    ties: result.ties,
    steps: result.steps,
  };
}

function run(tally: Tally, rule: RuleSpec, onIteration?: OnIteration): Result {
  switch (rule.rule) {
    case "greedy":
      return greedy(tally, byVotes(tally), greedyOptions(tally, rule));
    case "greedy-per-cost":
      return greedy(tally, byVotesPerCost(tally), PLAIN_GREEDY);
    case "mes":
      return runEqualShares(tally, rule, onIteration);
    case "phragmen":
      return phragmen(tally);
    case "score-plus-votes": {
      const scores = new Map(Object.entries(rule.scores).map(([id, score]) => [id, readDecimal(score)]));
      const { order, ranking } = scorePlusVotes(tally, { weight: readDecimal(rule.weight), scores });
      return { ...greedy(tally, order, PLAIN_GREEDY), ranking };
    }
  }
}

function runEqualShares(tally: Tally, rule: EqualSharesSpec, onIteration?: OnIteration): Result {
  const completed = rule.completion === "add1" || rule.completion === "add1u";
  const base = completed
    ? add1(
        tally,
        {
          utility: rule.utility,
          start: rule.start,
          stop: rule.stop,
          increment: inUnits(readDecimal(rule.increment), tally.instance.moneyDecimals),
        },
        onIteration,
      )
    : fromEqualEndowment(tally, rule);
  const shared = base.run.purchases.map(({ project }) => project);
  let result: Result = {
    ...base,
    selected: shared,
    steps: equalSharesSteps(tally, base.run),
    ties: sharesTies(tally, base.run),
  };
  if (rule.completion === "utilitarian" || rule.completion === "add1u") {
    const rest = completeGreedily(tally, shared, base.run.cost);
    result = {
      ...result,
      selected: [...shared, ...rest.selected],
      steps: [...result.steps, ...rest.steps],
      ties: [...result.ties, ...rest.ties],
    };
  }
  return rule.comparison ? compareWithGreedy(tally, result) : result;
}

function fromEqualEndowment(tally: Tally, rule: EqualSharesSpec) {
  const endowment = equalEndowment(tally);
  const run = equalShares(tally, rule.utility, endowment);
  const stop: StopReason = run.anyUnaffordable ? "unaffordable" : "all-selected";
  return { run, endowment, iterations: 0, stop };
}

function completeGreedily(tally: Tally, selected: readonly number[], cost: bigint): GreedyRun {
  return greedy(tally, byVotes(tally), PLAIN_GREEDY, { selected, left: tally.instance.budget - cost });
}

function compareWithGreedy(tally: Tally, result: Result): Result {
  const other = greedy(tally, byVotes(tally), PLAIN_GREEDY);
  const counts = compareSelections(tally, result.selected, other.selected);
  const keepsGreedy = counts.prefersGreedy > counts.prefersOutcome;
  const [kept, dropped] = keepsGreedy ? [other, result] : [result, other];
  const comparison: Comparison = {
    ...counts,
    kept: keepsGreedy ? "greedy" : "outcome",
    other: ids(tally, dropped.selected),
  };
  return { ...result, selected: kept.selected, steps: kept.steps, ties: kept.ties, comparison };
}

function sharesTies(tally: Tally, { purchases }: EqualSharesRun): Tie[] {
  return purchases.flatMap(({ project, equals }) => tieBetween(tally, [project], equals) ?? []);
}

function equalSharesSteps(tally: Tally, run: EqualSharesRun): Step[] {
  return run.purchases.map(({ project, price }) => {
    const { id = "" } = tally.instance.projects[project] ?? {};
    return price.n === 0n
      ? { kind: "free", project: id }
      : { kind: "equal-shares", project: id, price: rational(price.n, price.d) };
  });
}

function greedyOptions(tally: Tally, rule: GreedySpec): GreedyOptions {
  const index = new Map(tally.instance.projects.map(({ id }, project) => [id, project]));
  const find = (id: string): number => {
    const project = index.get(id);
    if (project === undefined)
      throw new VotingError("unknown-project", `there is no project ${id}`, { project: id });
    return project;
  };
  return {
    skip: rule.skip,
    threshold:
      rule.threshold === null ? null : inUnits(readDecimal(rule.threshold), tally.instance.pointDecimals),
    residue: rule.residue,
    incompatible: rule.incompatible.map(([a, b]) => [find(a), find(b)] as const),
  };
}

/** A decimal in units of 10^-decimals, which may be a fraction of one. */
function inUnits(value: Decimal, decimals: number): Rational {
  return rational(value.units * 10n ** BigInt(decimals), 10n ** BigInt(value.decimals));
}

function ids(tally: Tally, selection: readonly number[]): string[] {
  return selection.map((project) => tally.instance.projects[project]?.id ?? "");
}
