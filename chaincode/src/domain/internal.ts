/**
 * State the rules keep for themselves, beside the records of the protocol: small keys, so that busy transactions
 * neither read nor rewrite a large record.
 */
import type { RecordOf } from "../protocol/records";

/** `(municipality, "phase", round)`: all that admissions and votes need of a round. Votes read it and closing writes it. */
export interface Phase {
  state: "frozen" | "open" | "closed";
  ballotKind: RecordOf<"round">["ballotKind"];
  least: number;
  most: number;
  /** How many projects there are; they are numbered from 1. */
  projects: number;
  rollSize: number;
  /** Legal day of the closing instant: the last on which votes are taken. */
  lastDay: string;
}

export interface InternalRecords {
  phase: Phase;
  /** `(municipality, "slot", round, number)`: a place of the roll that has been used. */
  slot: { key: string };
  /** `(municipality, "command", person, command)`: the transaction that carried a command out. */
  command: { txId: string };
  /** `(municipality, "objector", round, outcome digest, person)`: one objection a person and outcome. */
  objector: { objection: string };
  /** `(municipality, "grant_total", payee, year)`: contributions committed to a payee in a year, cents. */
  grant_total: { cents: number };
}
