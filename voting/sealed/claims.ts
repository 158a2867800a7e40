/** Whether relay and copy-keeper have kept a promise that a voter shows, without the voter telling anything but the post. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { equalBytes } from "./bytes";
import { readCast } from "./cast";
import type { AreaIssuers } from "./credentials";
import { SealedError } from "./errors";
import type { RecordedBallot } from "./final-list";
import { openClaim, postDigest } from "./post";
import type { Primitives } from "./primitives";
import { isReceipt, type Keeper, type Receipt } from "./receipts";
import type { SealedRound } from "./round";

export interface Claim {
  readonly receipt: Receipt;
  /** What was posted, without posting key. */
  readonly sealed: Uint8Array;
  /** `postEphemeral`. */
  readonly ephemeral: Uint8Array;
}

export type ClaimResult =
  /** The place in the list of ballots is taken: by this ballot, or by one of the same key that came first. */
  | "kept"
  | "broken"
  /** What was posted could not be recorded: it has a fault, or the ballot before it is missing. */
  | "not_due"
  /** The receipt does not hold, or is not for this post. */
  | "no_receipt"
  /** The ephemeral does not open the post. */
  | "not_opened";

/** @param recorded all ballots that the ledger has recorded by the closing */
export async function judgeClaim(
  primitives: Primitives,
  round: SealedRound,
  keepers: Readonly<Record<Keeper, Uint8Array>>,
  issuersOf: (area: number) => AreaIssuers | undefined,
  recorded: Iterable<RecordedBallot>,
  { receipt, sealed, ephemeral }: Claim,
): Promise<ClaimResult> {
  const isForPost = equalBytes(receipt.post, postDigest(sealed));
  if (!isForPost || !(await isReceipt(primitives, round.digest, keepers, receipt))) return "no_receipt";
  let inner: Uint8Array;
  try {
    inner = await openClaim(primitives, round, ephemeral, sealed);
  } catch (error) {
    if (error instanceof SealedError) return "not_opened";
    throw error;
  }
  const read = await readCast(primitives, round, issuersOf, inner);
  if ("fault" in read) return "not_due";
  const { area, voter, seq } = read.cast;
  const key = bytesToHex(voter);
  const places = new Set<number>();
  for (const ballot of recorded) {
    if (ballot.area === area && bytesToHex(ballot.voter) === key) places.add(ballot.seq);
  }
  if (places.has(seq)) return "kept";
  return seq === 1 || places.has(seq - 1) ? "broken" : "not_due";
}
