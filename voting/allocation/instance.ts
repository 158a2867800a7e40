import { VotingError } from "../errors";

/** A project on the ballot. `cost` is in money units of the instance (cents when `moneyDecimals` is 2). */
export interface Project {
  readonly id: string;
  readonly cost: bigint;
}

/** One choice of a ballot: the project by its place in the list, and the points given to it. */
export interface Choice {
  readonly project: number;
  /** Whole number of point units (10^-pointDecimals of a point); 1 for an approval. */
  readonly points: number;
}

/** The ballots that count, one after another in flat arrays: 90,000 of them fit in a few megabytes. */
export interface Profile {
  /** Number of ballots that are not void, blank ones included. */
  readonly voters: number;
  /** Ballot i holds the entries from `offsets[i]` up to `offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  readonly projects: Uint32Array;
  /** Point units of each entry, safe integers; null when every entry is one approval. */
  readonly points: Float64Array | null;
}

/** All an allocation is computed from. */
export interface Instance {
  /** A money unit is 10^-moneyDecimals of the currency: 2 for cents. */
  readonly moneyDecimals: number;
  /** A point unit is 10^-pointDecimals of a point; 0 unless a file uses fractions of points. */
  readonly pointDecimals: number;
  /** In money units. */
  readonly budget: bigint;
  readonly projects: readonly Project[];
  readonly profile: Profile;
  /** Project ids in the order drawn when the round was frozen; null when none was drawn. */
  readonly tieOrder: readonly string[] | null;
}

export interface InstanceInput {
  readonly budget: bigint;
  readonly projects: readonly Project[];
  /** Valid ballots only: each a list of choices, or all packed already. */
  readonly ballots: Profile | Iterable<readonly Choice[]>;
  readonly moneyDecimals?: number;
  readonly pointDecimals?: number;
  readonly tieOrder?: readonly string[] | null;
}

/**
 * Checks and packs what is to be counted. Budget and costs are money units and not negative, ids are
 * unique and not empty, choices name projects by index, points are safe integers.
 * Throws VotingError naming what is wrong.
 */
export function createInstance(input: InstanceInput): Instance {
  const { budget, projects, moneyDecimals = 2, pointDecimals = 0, tieOrder = null } = input;
  if (!Number.isInteger(moneyDecimals) || moneyDecimals < 0 || moneyDecimals > 1000) {
    throw new VotingError(
      "money-decimals",
      "the number of decimals of the currency is not between 0 and 1000",
    );
  }
  if (budget < 0n) throw new VotingError("negative-budget", "the budget is negative");
  const ids = new Set<string>();
  for (const { id, cost } of projects) {
    if (id === "") throw new VotingError("empty-project-id", "a project has no id");
    if (ids.has(id))
      throw new VotingError("duplicate-project", `project ${id} is listed twice`, { project: id });
    if (cost < 0n)
      throw new VotingError("negative-cost", `project ${id} has a negative cost`, { project: id });
    ids.add(id);
  }
  if (tieOrder !== null && (tieOrder.length !== ids.size || !tieOrder.every((id) => ids.delete(id)))) {
    throw new VotingError("tie-order", "the drawn order does not hold every project once");
  }
  const profile = "offsets" in input.ballots ? input.ballots : profileOf(input.ballots, projects.length);
  return { moneyDecimals, pointDecimals, budget, projects, profile, tieOrder };
}

function profileOf(ballots: Iterable<readonly Choice[]>, projectCount: number): Profile {
  const offsets: number[] = [0];
  const chosen: number[] = [];
  const points: number[] = [];
  const lastBallot = new Int32Array(projectCount).fill(-1);
  let onlyApprovals = true;
  for (const ballot of ballots) {
    for (const choice of ballot) {
      if (!(Number.isInteger(choice.project) && choice.project >= 0 && choice.project < projectCount)) {
        throw new VotingError("unknown-project", `a ballot names project number ${choice.project}`);
      }
      if (!Number.isSafeInteger(choice.points)) {
        throw new VotingError("points-out-of-range", `a ballot gives ${choice.points} points`);
      }
      if (lastBallot[choice.project] === offsets.length) {
        throw new VotingError("duplicate-choice", `a ballot names project number ${choice.project} twice`);
      }
      lastBallot[choice.project] = offsets.length;
      chosen.push(choice.project);
      points.push(choice.points);
      if (choice.points !== 1) onlyApprovals = false;
    }
    offsets.push(chosen.length);
  }
  return {
    voters: offsets.length - 1,
    offsets: Uint32Array.from(offsets),
    projects: Uint32Array.from(chosen),
    points: onlyApprovals ? null : Float64Array.from(points),
  };
}
