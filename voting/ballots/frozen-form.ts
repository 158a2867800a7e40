import type { Project } from "../allocation/instance";
import { type BallotForm, type BallotType, ballotForm } from "./content";

/** The limits of a ballot as a round is frozen with them: projects by number, money in cents, whole points. */
export interface FrozenBallot {
  readonly type: BallotType;
  readonly least: number;
  readonly most: number;
  /** Of a knapsack ballot: what its projects may cost together, cents. */
  readonly mostCents?: number | undefined;
  /** Of a points ballot: at most so many for one project, and for all together. */
  readonly points?: { readonly each: number; readonly total: number } | undefined;
  readonly groups?: readonly FrozenGroup[] | undefined;
}

export interface FrozenGroup {
  /** Numbers on the ballot. */
  readonly numbers: readonly number[];
  readonly most: number;
}

/** The projects of a frozen round: ids are their numbers on the ballot, costs are cents. */
export function projectsOfFrozen(
  projects: readonly { readonly number: number; readonly costCents: number }[],
): Project[] {
  return projects.map(({ number, costCents }) => ({ id: String(number), cost: BigInt(costCents) }));
}

/** The form that counts ballots of a frozen round; projects have their numbers as ids and cost cents. */
export function formOfFrozen({ type, least, most, mostCents, points, groups }: FrozenBallot): BallotForm {
  return ballotForm(type, {
    ...{ minChoices: least, maxChoices: most },
    ...(mostCents === undefined ? {} : { maxCost: BigInt(mostCents) }),
    ...(points ? { minPoints: "1", maxPoints: String(points.each), maxSum: String(points.total) } : {}),
    ...(type === "points" ? { maxPointDecimals: 0 } : {}),
    groups: (groups ?? []).map((group) => ({
      projects: group.numbers.map(String),
      maxChoices: group.most,
    })),
  });
}

/** The most that one ballot can give one project, and all of them together, in votes as `tallyBallots` counts them. */
export function mostVotesOf({ type, most, points }: FrozenBallot): {
  readonly each: number;
  readonly all: number;
} {
  switch (type) {
    case "approval":
    case "knapsack":
    case "choice":
      return { each: 1, all: most };
    case "ranking":
      return { each: most, all: (most * (most + 1)) / 2 };
    case "points":
      return { each: points?.each ?? 0, all: points?.total ?? 0 };
  }
}
