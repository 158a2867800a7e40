import { byVotes } from "../allocation/greedy";
import { createInstance } from "../allocation/instance";
import { allocate } from "../allocation/rule";
import { type EqualSharesSpec, type GreedySpec, parseRule, type RuleSpec } from "../allocation/rule-spec";
import type { Tally } from "../allocation/tally";
import type { BallotType } from "../ballots/content";
import { formatDecimal, parseDecimal } from "../rational";

/**
 * Pabulib's name for a rule: the one under which Pabulib's own checker selects the same, `greedy-custom` for an order
 * that it does not know, and `unknown` where no name fits. The comment in META has the rule itself.
 */
export function ruleName(
  tally: Tally,
  type: BallotType,
  rule: RuleSpec,
  selected: readonly string[] | null,
): string {
  switch (rule.rule) {
    case "greedy":
      return type === "ranking" ? "greedy-custom" : greedyName(tally, rule, selected);
    case "greedy-per-cost":
    case "score-plus-votes":
      return "greedy-custom";
    case "mes":
      return equalSharesName(tally, type, rule, selected);
    case "phragmen":
      return "unknown";
  }
}

/** The least votes as META has them, which is a whole number. */
export function wholeThreshold(rule: RuleSpec): string | null {
  const threshold = rule.rule === "greedy" && rule.skip ? rule.threshold : null;
  return threshold !== null && parseDecimal(threshold)?.decimals === 0 ? threshold : null;
}

function greedyName(tally: Tally, rule: GreedySpec, selected: readonly string[] | null): string {
  if (rule.incompatible.length > 0) return "greedy-exclusive";
  if (rule.residue) return "greedy-custom";
  if (selected !== null && !comesOutInDoubles(tally, rule, selected)) return "greedy-custom";
  if (!rule.skip) return rule.threshold === null ? "greedy-no-skip" : "greedy-custom";
  if (selected !== null && leavesRoomInWholeUnits(tally, selected)) return "greedy-custom";
  if (rule.threshold === null) return "greedy";
  return wholeThreshold(rule) === null ? "greedy-custom" : "greedy-threshold";
}

/** Whether the checker, which takes costs from the budget in floating point, selects the same in the order of the file. */
function comesOutInDoubles(
  tally: Tally,
  { skip, threshold }: GreedySpec,
  selected: readonly string[],
): boolean {
  const { budget, projects, moneyDecimals, pointDecimals } = tally.instance;
  const amount = (units: bigint) => Number(formatDecimal(units, moneyDecimals));
  const its = new Set<string>();
  let left = amount(budget);
  for (const index of byVotes(tally).groups.flat()) {
    const { id, cost } = projects[index] ?? { id: "", cost: 0n };
    if (Number(formatDecimal(tally.votes[index] ?? 0n, pointDecimals)) < Number(threshold ?? 0)) continue;
    if (left >= amount(cost)) {
      its.add(id);
      left -= amount(cost);
    } else if (!skip) break;
  }
  return its.size === selected.length && selected.every((id) => its.has(id));
}

/** Without the cents, as the checker counts, something that was not selected may seem to fit. */
function leavesRoomInWholeUnits(tally: Tally, selected: readonly string[]): boolean {
  const { budget, projects, moneyDecimals } = tally.instance;
  const whole = (units: bigint) => units / 10n ** BigInt(moneyDecimals);
  let left = whole(budget);
  for (const { id, cost } of projects) if (selected.includes(id)) left -= whole(cost);
  const out = projects.filter(({ id }) => !selected.includes(id));
  const exactLeft =
    budget - projects.reduce((sum, { id, cost }) => (selected.includes(id) ? sum + cost : sum), 0n);
  return out.some(({ cost }) => whole(cost) <= left && cost > exactLeft);
}

function equalSharesName(
  tally: Tally,
  type: BallotType,
  rule: EqualSharesSpec,
  selected: readonly string[] | null,
): string {
  if (rule.utility !== "cost" || rule.completion === "utilitarian") return "unknown";
  const base = rule.completion === "none" ? "equalshares" : "equalshares/add1";
  const name = rule.comparison ? `${base}-comparison` : base;
  const isCheckable = type === "approval" || type === "knapsack";
  return !isCheckable || selected === null || comesOut(tally, rule, selected) ? name : "unknown";
}

/** Whether counting as the checker does, in whole currency units and one unit more for everybody each time, agrees. */
function comesOut(tally: Tally, rule: EqualSharesSpec, selected: readonly string[]): boolean {
  const { budget, projects, moneyDecimals, profile, pointDecimals } = tally.instance;
  const unit = 10n ** BigInt(moneyDecimals);
  // It cannot tell apart what costs the same and has as many votes.
  const likeness = projects.map(({ cost }, index) => `${cost / unit} ${tally.votes[index]}`);
  if (new Set(likeness).size < projects.length) return false;
  const instance = createInstance({
    ...{ budget: budget / unit, moneyDecimals: 0, ballots: profile, pointDecimals },
    projects: projects.map(({ id, cost }) => ({ id, cost: cost / unit })),
  });
  const completion = rule.completion === "none" ? "none" : "add1";
  const its = allocate(
    instance,
    parseRule({
      ...{ rule: "mes", completion, comparison: rule.comparison },
      ...(completion === "none" ? {} : { start: "floor", stop: "overspend" }),
    }),
  );
  // Where everything is selected it goes on raising the shares for ever.
  if (completion === "add1" && its.stop === "all-selected") return false;
  return its.selected.length === selected.length && its.selected.every((id) => selected.includes(id));
}
