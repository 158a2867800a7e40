/** What is kept of a count: all that pages tell of it, and none of the ballots. Pure. */
import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { canonicalJson } from "@/protocol/canonical-json";
import type { RecordOf } from "@/protocol/records";
import type { Outcome } from "@/protocol/records/rounds";
import { explainProjects, type ProjectExplanation } from "@/voting/allocation/explain";
import { type BallotBasis, ballotBasis } from "@/voting/allocation/explain-ballot";
import type { Outcome as AllocationOutcome } from "@/voting/allocation/outcome";
import { type Trace, traceRounds } from "@/voting/allocation/rounds";
import { RULE_CODE_VERSION } from "@/voting/allocation/rule";
import type { Count } from "./counting";

export type KeptCount = {
  outcome: Outcome;
  allocation: AllocationOutcome;
  explanations: ProjectExplanation[];
  trace: Trace;
  basis: BallotBasis;
  /** Keys of void ballots. */
  voided: string[];
};

/** Raised when what is kept looks different, so that it is counted again. */
const LAYOUT = 1;

/** What a file of the round says beside the figures. */
export type RoundWords = {
  title: string;
  municipality: string;
  /** Titles of the projects, by their number on the ballot. */
  titles: Record<number, string>;
};

/**
 * Says what was counted: the round with its outcome on the ledger, its ballots by their number and the block of the
 * last, the words of its file, and the code. What is kept under another is counted again.
 */
export function countBasis(
  round: RecordOf<"round">,
  ballots: { count: number; lastBlock: string },
  words: RoundWords,
): string {
  const { state: _, attestations: __, attestedOn: ___, openObjections: ____, act: _____, ...counted } = round;
  const told = { layout: LAYOUT, code: RULE_CODE_VERSION, round: counted, ballots, words };
  return createHash("sha256").update(canonicalJson(told)).digest("hex");
}

export function keepCount({ outcome, allocation, instance, voided }: Count): Uint8Array<ArrayBuffer> {
  const kept: KeptCount = {
    ...{ outcome, allocation, basis: ballotBasis(instance) },
    explanations: explainProjects(instance, allocation),
    trace: traceRounds(instance, allocation),
    voided: voided.map(({ key }) => key),
  };
  return Uint8Array.from(serialize(kept));
}

export function readKeptCount(bytes: Uint8Array): KeptCount {
  return deserialize(bytes) as KeptCount;
}
