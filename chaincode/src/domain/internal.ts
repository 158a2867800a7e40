/**
 * State the rules keep for themselves, beside the records of the protocol: small keys, so that busy transactions
 * neither read nor rewrite a large record.
 */
import type { RecordOf } from "../../../protocol/records";

/** What else a ballot may not do, and of a knapsack ballot what each project costs, from the first. */
export type BallotLimits = Omit<RecordOf<"round">["ballot"], "least" | "most"> & { costs?: number[] };

/** `(municipality, "phase", round)`: all that admissions and votes need of a round. Votes read it and closing writes it. */
export interface Phase {
  state: "frozen" | "open" | "closed" | "annulled";
  ballotKind: RecordOf<"round">["ballotKind"];
  /** Which limits a ballot has beside least and most; absent where any projects may be approved or one chosen. */
  limits?: BallotLimits;
  least: number;
  most: number;
  /** How many projects there are; they are numbered from 1. */
  projects: number;
  rollSize: number;
  /** Legal day of the closing instant: the last on which votes are taken. */
  lastDay: string;
  /** The closing instant; a round frozen by an earlier version has only its day. */
  closesAt?: string;
  /** Whether it is a trial's, whose days may be past ones. */
  trial?: boolean;
  /** How many of the projects have been put on the ballot; of an earlier version all. */
  placed?: number;
  /** Of a round with sealed ballots. */
  sealed?: SealedPhase;
}

/** What casts of sealed ballots and the steps after the closing need to know. */
export interface SealedPhase {
  /** F, lower-case hexadecimal. */
  digest: string;
  groupSize: number;
  /** Until then ballots are recorded. */
  endsAt: string;
  /** Legal day of that instant. */
  lastDay: string;
  /** Places of each area on the roll, from area 1. */
  areas: number[];
  /** On which the length of a ballot depends. */
  type: RecordOf<"round">["ballot"]["type"];
  graceMinutes: number;
}

export interface InternalRecords {
  phase: Phase;
  /** `(municipality, "slot", round, number)`: a place of the roll that has been used. */
  slot: { key: string };
  /** `(municipality, "last_key", organisation, person)`: the signing key a registrar has registered last. */
  last_key: { id: string };
  /** `(municipality, "administrators", organisation)`: its offices of administrator that have not ended. */
  administrators: { offices: string[] };
  /** `(municipality, "resident_passkeys", person)`: keys of a resident that are not withdrawn. */
  resident_passkeys: { passkeys: string[] };
  /** `(municipality, "command", person, command)`: the transaction that carried a command out. */
  command: { txId: string };
  /** `(municipality, "objector", round, count, person)`: one objection a person and count, and whether it waits. */
  objector: { objection: string; decided?: boolean };
  /** `(municipality, "admitted", call, proposal)`: whether an admitted proposal waits for a ballot. */
  admitted: { proposal: string; waiting: boolean };
  /** `(municipality, "interest", round, person)`: who has an interest in a project on the ballot. */
  interest: { proposal: string };
  /** `(municipality, "round_funds", round)`: cost of what acts have funded of it, of what is abandoned as far as committed, cents. */
  round_funds: { cents: number };
  /** `(municipality, "funded", commons)`: the proposal that was funded last for a commons. */
  funded: { proposal: string };
  /** `(municipality, "grant_total", code of the body or payee, year)`: what was granted to it in a year, by either, cents. */
  grant_total: { cents: number };
  /** `(municipality, "evidence", digest)`: the milestone a piece of evidence was given for last. */
  evidence: { milestone: string };
  /** `(municipality, "order_number", SHA-256 of "mandate", year and number)`: the payment it orders; of year and text where no number is read in it. */
  order_number: { payment: string };
  /** `(municipality, "receipt", SHA-256 of the reference, or of the document)`: the payment it proves. */
  receipt: { payment: string };
  /** `(municipality, "owed_reports", commitment)`: reports not submitted yet, so that paying reads one key. */
  owed_reports: { reports: { id: string; dueOn: string }[] };
  /** `(municipality, "last_ballot", round, area, bucket, key)`: the last sealed ballot of a key. */
  last_ballot: { key: string; seq: number; digest: string };
  /** `(municipality, "last_issuance", round, issuer)`: what the issuer told last. */
  last_issuance: Pick<RecordOf<"issuance">, "day" | "issued" | "refused" | "paper">;
  /** `(municipality, "desk_count", round, station, area)`: people who are vouched for at a station, by two organisations. */
  desk_count: { area: number; paper: number; credential: number };
  /** `(municipality, "listing", round)`: how far the list of ballots that stand is. */
  listing: {
    /** Whole subtrees of the list's Merkle tree, from the left. */
    subtrees: { leaves: number; hash: string }[];
    /** Ballots of each area, from area 1. */
    counts: number[];
    superseded: number;
    next: { area: number; bucket: number };
  };
  /** `(municipality, "purging", round)`: from where superseded envelopes are still to be purged, and how many. */
  purging: { next: { area: number; bucket: number }; after: string; left: number };
  /** `(municipality, "publication", round)`: final envelopes that have been published. */
  publication: { published: number };
}
