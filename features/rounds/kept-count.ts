/** What is kept of a count: all that pages tell of it, and none of the ballots. Pure. */
import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { canonicalJson } from "@/protocol/canonical-json";
import type { RecordOf } from "@/protocol/records";
import type { Outcome } from "@/protocol/records/rounds";
import { explainProjects, type ProjectExplanation } from "@/voting/allocation/explain";
import { type BallotBasis, ballotBasis } from "@/voting/allocation/explain-ballot";
import { type Margin, marginsOf } from "@/voting/allocation/margins";
import type { Outcome as AllocationOutcome } from "@/voting/allocation/outcome";
import { type Trace, traceRounds } from "@/voting/allocation/rounds";
import { RULE_CODE_VERSION } from "@/voting/allocation/rule";
import type { Count } from "./counting";

export type KeptCount = {
  outcome: Outcome;
  allocation: AllocationOutcome;
  explanations: ProjectExplanation[];
  /** How far projects were from the other outcome; none where counting again so often would take too long. */
  margins: Margin[];
  trace: Trace;
  basis: BallotBasis;
  /** Void ballots by their key, with the code of the reason. */
  voided: Count["voided"];
};

/** Raised when what is kept looks different, so that it is counted again. */
const LAYOUT = 3;

/** Choices on all ballots times projects up to which margins are found: about a minute of counting again. */
const MOST_FOR_MARGINS = 2_000_000;

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
    margins: isSmall(instance) ? marginsOf(instance, allocation) : [],
    trace: traceRounds(instance, allocation),
    voided,
  };
  return Uint8Array.from(serialize(kept));
}

function isSmall({ profile, projects }: Count["instance"]): boolean {
  return (profile.projects.length + profile.voters) * projects.length <= MOST_FOR_MARGINS;
}

export function readKeptCount(bytes: Uint8Array): KeptCount {
  return deserialize(bytes) as KeptCount;
}
