/** The outcome counted again by the frozen rule, and who attested it. */
import { outcomeText } from "../../protocol/digests";
import type { Outcome } from "../../protocol/records/rounds";
import { roundInstance } from "../../voting/allocation/round";
import { allocate, parseRule } from "../../voting/allocation/rule";
import { tallyBallots } from "../../voting/allocation/tally";
import type { BallotContent } from "../../voting/ballots/content";
import { formOfFrozen, projectsOfFrozen } from "../../voting/ballots/frozen-form";
import { machine } from "../machine/this";
import type { Context, RoundRecord } from "./context";

export interface Counted {
  readonly contents: readonly BallotContent[];
  /** Void before their choices were read. */
  readonly void: number;
  readonly unopened: number;
  /** Ballot numbers in the drawn order; null in rounds without a draw. */
  readonly tieOrder: readonly string[] | null;
}

/** Counts by the frozen rule. @throws VotingError for a rule or projects that do not fit */
export function countAgain(
  round: RoundRecord,
  { contents, void: voided, unopened, tieOrder }: Counted,
): Outcome {
  const { instance, void: broken } = roundInstance({
    budget: BigInt(round.budgetCents),
    projects: projectsOfFrozen(round.projects),
    form: formOfFrozen(round.ballot),
    ballots: contents,
    tieOrder,
  });
  const { code: _, ...spec } = JSON.parse(round.rule) as Record<string, unknown>;
  const allocation = allocate(instance, parseRule(spec));
  const { votes } = tallyBallots(instance);
  const counted = {
    selected: allocation.selected.map(Number),
    votes: round.projects.map(({ number }, index) => ({ number, votes: Number(votes[index] ?? 0n) })),
    ballots: instance.profile.voters,
    void: broken.length + voided,
    ...(unopened > 0 ? { unopened } : {}),
    costCents: Number(allocation.cost),
  };
  return { ...counted, digest: machine.sha256(outcomeText(counted)) };
}

export function checkOutcome({ findings }: Context, round: RoundRecord, counted: Outcome): void {
  const { outcome } = round;
  if (!outcome) return;
  const same = (name: string, told: unknown, found: unknown) =>
    findings.expect(
      "outcome",
      JSON.stringify(told) === JSON.stringify(found),
      () => `${name}: told ${JSON.stringify(told)}, counted ${JSON.stringify(found)}`,
    );
  same("ballots", outcome.ballots, counted.ballots);
  same("void ballots", outcome.void, counted.void);
  same("ballots of areas that are not opened", outcome.unopened ?? 0, counted.unopened ?? 0);
  const votes = (one: Outcome) => one.votes.map(({ number, votes: count }) => [number, count]);
  same("votes", votes(outcome), votes(counted));
  same("selected projects", outcome.selected, counted.selected);
  same("their cost", outcome.costCents, counted.costCents);
  findings.expect(
    "outcome",
    machine.sha256(outcomeText(outcome)) === outcome.digest,
    "its digest is not that of the outcome",
  );
}

const attestedStates = ["attested", "final"];

export function checkAttestations({ findings }: Context, round: RoundRecord): void {
  const { outcome, attestations, requiredAttestations, state } = round;
  if (!outcome) return;
  for (const { organisation, digest } of attestations)
    findings.expect("attestations", digest === outcome.digest, `${organisation} attested another outcome`);
  const parts = new Set(attestations.map(({ organisation }) => organisation));
  findings.expect("attestations", parts.size === attestations.length, "one organisation attested twice");
  // Whatever was frozen, one organisation alone never attests.
  const least = Math.max(2, requiredAttestations);
  if (attestedStates.includes(state))
    findings.expect(
      "attestations",
      parts.size >= least,
      `${parts.size} organisations attested where ${least} are due`,
    );
}
