import type { BallotContent, BallotForm } from "../ballots/content";
import { packBallots } from "../ballots/pack";
import { projectList, type VoidReason, validateBallot } from "../ballots/validate";
import { createInstance, type Instance, type Project } from "./instance";

/** What a round counts: its frozen projects and budget in money units, its form, the ballots that stand. */
export interface RoundInput {
  readonly budget: bigint;
  readonly projects: readonly Project[];
  readonly form: BallotForm;
  readonly ballots: Iterable<BallotContent>;
  /** Decimals of the currency: 2 when budget and costs are cents. */
  readonly moneyDecimals?: number;
  /** Project ids in the order drawn at freeze. */
  readonly tieOrder?: readonly string[] | null;
}

/** A ballot that does not count, by its place in the list. */
export interface VoidBallot {
  readonly ballot: number;
  readonly reason: VoidReason;
}

export interface Round {
  readonly instance: Instance;
  readonly void: readonly VoidBallot[];
}

/**
 * Sorts valid ballots from void ones and makes the instance that `allocate` counts.
 * Throws VotingError when projects, budget or tie order are not in order; a ballot never throws.
 */
export function roundInstance(input: RoundInput): Round {
  const list = projectList(input.projects);
  const pack = packBallots(input.form, input.projects.length);
  const voided: VoidBallot[] = [];
  let place = 0;
  for (const content of input.ballots) {
    const validation = validateBallot(content, input.form, list);
    if (validation.valid) pack.add(validation.ballot);
    else voided.push({ ballot: place, reason: validation.reason });
    place += 1;
  }
  const { profile, pointDecimals } = pack.finish();
  const instance = createInstance({
    budget: input.budget,
    projects: input.projects,
    ballots: profile,
    pointDecimals,
    ...(input.moneyDecimals === undefined ? {} : { moneyDecimals: input.moneyDecimals }),
    tieOrder: input.tieOrder ?? null,
  });
  return { instance, void: voided };
}
