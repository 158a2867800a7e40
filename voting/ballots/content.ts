/** What a voter says, by ballot type. Projects are named by id; points are decimals as they were written. */
export type BallotContent =
  /** Any of the projects. */
  | { readonly type: "approval"; readonly choices: readonly string[] }
  /** Projects whose costs together stay within the budget. */
  | { readonly type: "knapsack"; readonly choices: readonly string[] }
  /** Projects from the most wanted down. */
  | { readonly type: "ranking"; readonly choices: readonly string[] }
  /** Points for projects, in the same order. */
  | { readonly type: "points"; readonly choices: readonly string[]; readonly points: readonly string[] }
  /** One project, or none. */
  | { readonly type: "choice"; readonly choices: readonly string[] };

export type BallotType = BallotContent["type"];

export const BALLOT_TYPES = [
  "approval",
  "knapsack",
  "ranking",
  "points",
  "choice",
] as const satisfies readonly BallotType[];

/** A ballot type with its limits; null where there is none. Money and points are decimals. */
export interface BallotForm {
  readonly type: BallotType;
  readonly minChoices: number | null;
  readonly maxChoices: number | null;
  /** Bounds on the cost of all choices together, in money units. A knapsack's greatest is the budget. */
  readonly minCost: bigint | null;
  readonly maxCost: bigint | null;
  /** Bounds on the points of one project and of all together, as decimals. */
  readonly minPoints: string | null;
  readonly maxPoints: string | null;
  readonly minSum: string | null;
  readonly maxSum: string | null;
  /** Digits behind the point that points may have, 0 for whole ones. */
  readonly maxPointDecimals: number | null;
  /** Of some projects, such as those of a district, at most so many. */
  readonly groups: readonly ProjectGroup[];
}

export interface ProjectGroup {
  /** Ids. */
  readonly projects: readonly string[];
  readonly maxChoices: number;
}

/** A form without limits but those that its type implies. */
export function ballotForm(type: BallotType, limits: Partial<Omit<BallotForm, "type">> = {}): BallotForm {
  return {
    type,
    minChoices: null,
    maxChoices: type === "choice" ? 1 : null,
    minCost: null,
    maxCost: null,
    minPoints: null,
    maxPoints: null,
    minSum: null,
    maxSum: null,
    maxPointDecimals: null,
    groups: [],
    ...limits,
  };
}

/** An open ballot as the ledger keeps it: numbers on the ballot, and on points ballots the points of each. */
export function contentOfNumbers(
  type: BallotType,
  numbers: readonly number[],
  points: readonly number[] = [],
): BallotContent {
  const choices = numbers.map(String);
  return type === "points" ? { type, choices, points: points.map(String) } : { type, choices };
}
