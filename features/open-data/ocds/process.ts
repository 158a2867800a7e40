/** What a contracting process is told from: the call that begins it, and each transaction about what followed. */
import type { RecordOf, RecordType } from "@/protocol/records";

export type LedgerRecord = { [T in RecordType]: { type: T; record: RecordOf<T> } }[RecordType];

/** What one transaction left. */
export type Step = {
  transactionId: string;
  /** As its sender stated. */
  time: Date;
  /** The chain's. */
  day: string;
  records: readonly LedgerRecord[];
};

/** Words that stay as they were when the ledger got their digest. */
export type ProcessWords = {
  call: { title: string; summary: string; whoMay: string };
  /** Absent where the name is not public. */
  subjects: ReadonlyMap<string, string>;
  /** By milestone. */
  milestones: ReadonlyMap<string, string>;
  /** By commons. */
  commons: ReadonlyMap<string, string>;
};

export type Process = {
  ocid: string;
  call: string;
  municipality: { istatCode: string; name: string; ipaCode: string | null };
  words: ProcessWords;
  /** Page that proves a transaction. */
  proofOf: (transactionId: string) => string;
};

/** `prefix` of the publisher, the municipality's ISTAT code, the id of the call on the ledger. */
export function ocidOf(prefix: string, istatCode: string, call: string): string {
  return `${prefix}-${istatCode}-${call}`;
}

/** What stands in the place of a prefix until Open Contracting Partnership has given one. */
export const TRIAL_PREFIX = "trial";
