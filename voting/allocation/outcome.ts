import type { Rational } from "../rational";
import type { RuleSpec } from "./rule-spec";

/**
 * One step of a rule, in the order it was taken. Money (`left`, `amount`, `price`, `load`) is in money units
 * of the instance.
 */
export type Step =
  /** It has votes and costs nothing. */
  | { readonly kind: "free"; readonly project: string }
  /** Bought by Equal Shares: each supporter pays `price` for each point unit given, or all that is left. */
  | { readonly kind: "equal-shares"; readonly project: string; readonly price: Rational }
  /** Taken in order while `left` remained of the budget. */
  | { readonly kind: "taken"; readonly project: string; readonly left: bigint }
  /** Does not fit into the `left` of the budget; `stops` when the rule ends there. */
  | { readonly kind: "not-fitting"; readonly project: string; readonly left: bigint; readonly stops: boolean }
  /** Never reached, because an earlier project ended the rule. */
  | { readonly kind: "not-reached"; readonly project: string }
  /** Excluded by `other`, which was taken before it. */
  | { readonly kind: "incompatible"; readonly project: string; readonly other: string }
  /** Fewer votes than the rule asks for. */
  | { readonly kind: "below-threshold"; readonly project: string }
  /** Offered what is left although it asks for more. */
  | { readonly kind: "residue"; readonly project: string; readonly amount: bigint }
  /** Bought by Phragmén's rule: every supporter's load becomes `load`. */
  | { readonly kind: "phragmen"; readonly project: string; readonly load: Rational }
  /** Costs more than the whole budget. */
  | { readonly kind: "over-budget"; readonly project: string }
  /** Nobody voted for it, and the rule takes only projects with votes. */
  | { readonly kind: "no-votes"; readonly project: string };

export type StopReason =
  /** Every project was considered in order. */
  | "end-of-list"
  /** The first project that does not fit ends the rule. */
  | "first-not-fitting"
  /** No group of supporters can pay for another project. */
  | "unaffordable"
  /** No further project with votes fits into the budget. */
  | "exhaustive"
  /** The next increment would spend more than the budget. */
  | "overspend-next"
  /** Every project with votes is selected. */
  | "all-selected"
  /** One of the projects that come next does not fit into the budget. */
  | "next-not-fitting";

export interface Comparison {
  /** Voters who get more approved winners (more points, on points ballots) from the rule's own outcome. */
  readonly prefersOutcome: number;
  /** Voters who get more from greedy by votes. */
  readonly prefersGreedy: number;
  /** Greedy stands only where strictly more voters prefer it. */
  readonly kept: "outcome" | "greedy";
  /** The selection that did not stand. */
  readonly other: readonly string[];
}

/** A line of the ranking of *score plus votes*; points are hundredths. */
export interface RankingLine {
  readonly project: string;
  readonly technical: string;
  readonly votePoints: string;
  readonly total: string;
}

/** What decides between projects that a rule finds equally good; of two, the first in which they differ. */
export type TieCriterion =
  /** The one that costs less goes first. */
  | "cost"
  /** The one with more votes (points, on points ballots) goes first. */
  | "votes"
  /** The order drawn when the round was frozen. */
  | "drawn-order"
  /** The natural order of ids, where none was drawn. */
  | "id";

/** Projects that a rule found equally good when only some of them could go first, or be selected at all. */
export interface Tie {
  /** Those that went first, in their order. */
  readonly ahead: readonly string[];
  readonly behind: readonly string[];
  /** What put the last one of those ahead before the first one behind. */
  readonly decidedBy: TieCriterion;
}

export interface Outcome {
  readonly rule: RuleSpec;
  /** Ids in the order of selection. */
  readonly selected: readonly string[];
  /** Cost of the selected projects, in money units. */
  readonly cost: bigint;
  readonly budget: bigint;
  readonly moneyDecimals: number;
  /** Ballots that are not void. */
  readonly voters: number;
  /** Money units each voter starts with, for Equal Shares. */
  readonly endowment: Rational | null;
  /** Re-runs of a completion, the rejected one included. */
  readonly iterations: number;
  readonly stop: StopReason;
  readonly comparison: Comparison | null;
  readonly ranking: readonly RankingLine[] | null;
  /** In the order in which they were decided. */
  readonly ties: readonly Tie[];
  readonly steps: readonly Step[];
}

/** The project a step selects, or null when it selects none. */
export function selectedBy(step: Step): string | null {
  switch (step.kind) {
    case "free":
    case "equal-shares":
    case "taken":
    case "phragmen":
      return step.project;
    default:
      return null;
  }
}
