/** Which of the recorded ballots stand at the closing, and the one digest that stands for all of them. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { inclusionProof, leafHash, merkleRoot, rootOfProof } from "../merkle-tree";
import { LEAST_OPENED } from "./areas";
import { concat, equalBytes } from "./bytes";
import { type BallotPlace, placeBytes, type SealedRound } from "./round";

/** A cast as the ledger recorded it. */
export interface RecordedBallot extends BallotPlace {
  /** `envelopeDigest`. */
  readonly digest: Uint8Array;
}

/**
 * The last ballot of each key in each area. A seq is recorded when it is the first or the one before is there; of one
 * seq the first recorded stands. In the order of areas and keys, which says nothing about time.
 *
 * @param recorded in the order of the ledger
 */
export function finalList(recorded: Iterable<RecordedBallot>): RecordedBallot[] {
  const last = new Map<string, RecordedBallot>();
  for (const ballot of recorded) {
    const name = `${String(ballot.area).padStart(5, "0")} ${bytesToHex(ballot.voter)}`;
    if (ballot.seq === (last.get(name)?.seq ?? 0) + 1) last.set(name, ballot);
  }
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ballot]) => ballot);
}

/** Leaf: F ‖ area ‖ voter's key ‖ seq ‖ digest of the envelope. */
export function finalLeaf(round: Pick<SealedRound, "digest">, ballot: RecordedBallot): Uint8Array {
  return leafHash(concat(placeBytes(round, ballot), ballot.digest));
}

/** Merkle root of the final list (RFC 6962). */
export function finalRoot(round: Pick<SealedRound, "digest">, list: readonly RecordedBallot[]): Uint8Array {
  return merkleRoot(list.map((ballot) => finalLeaf(round, ballot)));
}

/** Shows that a ballot stands without showing the list. @throws {RangeError} for one that does not */
export function finalProof(
  round: Pick<SealedRound, "digest">,
  list: readonly RecordedBallot[],
  ballot: RecordedBallot,
): { readonly index: number; readonly proof: readonly Uint8Array[] } {
  const leaves = list.map((one) => finalLeaf(round, one));
  const leaf = finalLeaf(round, ballot);
  const index = leaves.findIndex((one) => equalBytes(one, leaf));
  return { index, proof: inclusionProof(leaves, index) };
}

/** What a voter's device checks after the closing: that its own ballot is the one that stands. */
export function stands(
  round: Pick<SealedRound, "digest">,
  ballot: RecordedBallot,
  { index, proof }: { readonly index: number; readonly proof: readonly Uint8Array[] },
  { size, root }: { readonly size: number; readonly root: Uint8Array },
): boolean {
  const reached = rootOfProof(finalLeaf(round, ballot), index, size, proof);
  return reached !== null && equalBytes(reached, root);
}

/** Areas with enough final ballots to be opened, ascending; the fallback of the others is frozen. */
export function areasToOpen(list: readonly RecordedBallot[]): number[] {
  const counts = new Map<number, number>();
  for (const { area } of list) counts.set(area, (counts.get(area) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= LEAST_OPENED)
    .map(([area]) => area)
    .sort((a, b) => a - b);
}
