/** The exact texts whose SHA-256 a record carries, so that anybody can compute them again. */
import { canonicalJson } from "./canonical-json";
import type { RecordOf } from "./records";
import type { Outcome } from "./records/rounds";

export type FrozenRound = Omit<
  RecordOf<"round">,
  | "state"
  | "schema"
  | "frozenDigest"
  | "frozenBy"
  | "counts"
  | "outcome"
  | "attestations"
  | "attestedOn"
  | "openObjections"
  | "act"
  | "reasonDigest"
>;

/** Canonical JSON of what is frozen in a round: everything in its record but what happens to it afterwards. */
export function frozenText(round: FrozenRound): string {
  return canonicalJson({
    municipality: round.municipality,
    id: round.id,
    call: round.call,
    ballotKind: round.ballotKind,
    ballot: round.ballot,
    rule: round.rule,
    projects: round.projects,
    budgetCents: round.budgetCents,
    rollSize: round.rollSize,
    rollRoot: round.rollRoot,
    textsDigest: round.textsDigest,
    opensOn: round.opensOn,
    closesAt: round.closesAt,
    requiredAttestations: round.requiredAttestations,
    objectionDays: round.objectionDays,
    reconstruction: round.reconstruction,
    votingDays: round.votingDays,
    leastAge: round.leastAge,
    ties: round.ties,
    exclusion: round.exclusion,
    drawCommitment: round.draw?.commitment,
  });
}

/** Canonical JSON of an outcome without its digest. */
export function outcomeText(outcome: Omit<Outcome, "digest">): string {
  return canonicalJson({
    selected: outcome.selected,
    votes: outcome.votes,
    ballots: outcome.ballots,
    void: outcome.void,
    costCents: outcome.costCents,
  });
}
