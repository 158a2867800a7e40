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
  | "prolongedTo"
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
    sealing: round.sealing,
  });
}

/** Canonical JSON of an outcome without its digest. */
export function outcomeText(outcome: Omit<Outcome, "digest">): string {
  return canonicalJson({
    selected: outcome.selected,
    votes: outcome.votes,
    ballots: outcome.ballots,
    void: outcome.void,
    unopened: outcome.unopened,
    costCents: outcome.costCents,
  });
}

/** Canonical JSON of what is frozen of a sealing: all that was announced and offered. */
export function sealingText(sealing: RecordOf<"sealing">): string {
  return canonicalJson({
    municipality: sealing.municipality,
    id: sealing.id,
    call: sealing.call,
    areas: sealing.areas,
    leastPlaces: sealing.leastPlaces,
    groupSize: sealing.groupSize,
    graceMinutes: sealing.graceMinutes,
    publishDays: sealing.publishDays,
    noticeHours: sealing.noticeHours,
    bundle: sealing.bundle,
    announcedBy: sealing.announcedBy,
    announcedOn: sealing.announcedOn,
    ties: sealing.ties,
    services: sealing.services,
    trustees: sealing.trustees,
    keysDigest: sealing.keysDigest,
  });
}

/** Canonical JSON of all keys of a sealed round's issuers, in the order of areas and issuers. */
export function issuerKeysText(keys: readonly RecordOf<"issuer_key">[]): string {
  const sorted = [...keys].sort((a, b) => a.area - b.area || a.issuer - b.issuer);
  return canonicalJson(sorted.map(({ area, issuer, modulus }) => ({ area, issuer, modulus })));
}

/** Canonical JSON of the rolls of all districts, whose SHA-256 is a sealed round's `rollRoot`. */
export function rollsText(areas: RecordOf<"sealing">["areas"]): string {
  const districts = areas.flatMap(({ districts }) => districts);
  return canonicalJson(districts.sort((a, b) => (a.id < b.id ? -1 : 1)));
}
