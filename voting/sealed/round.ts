/** What sealing, opening and checking need to know of a frozen round. */
import type { BallotLayout } from "./ballot-layout";
import { concat, requireLength, uint } from "./bytes";
import { isAcceptableEd25519 } from "./curve-keys";
import { SealedError } from "./errors";

export const FREEZE_DIGEST = 32;
export const MOST_CASTS = 20;
export const MOST_AREAS = 65_535;

export type IssuerNumber = 1 | 2 | 3;

export const issuerNumbers = [1, 2, 3] as const;

export interface SealedRound {
  /** F: the digest of everything frozen. */
  readonly digest: Uint8Array;
  /** X25519 keys of trustees 1 to 3. */
  readonly trustees: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** X25519 key of the opener of posts. */
  readonly opener: Uint8Array;
  readonly layout: BallotLayout;
}

/** Where a ballot stands: the voter's key in an area, and how many times it has voted. */
export interface BallotPlace {
  /** From 1. */
  readonly area: number;
  /** Ed25519. */
  readonly voter: Uint8Array;
  /** 1 to 20. */
  readonly seq: number;
}

export const PLACE = FREEZE_DIGEST + 2 + 32 + 1;

/** F ‖ area (2) ‖ voter's key (32) ‖ seq (1). @throws {SealedError} `malformed` or `weak_key` */
export function placeBytes({ digest }: Pick<SealedRound, "digest">, place: BallotPlace): Uint8Array {
  const { area, voter, seq } = place;
  requireLength(digest, FREEZE_DIGEST, "digest of the freeze");
  requireLength(voter, 32, "voter's key");
  if (!Number.isInteger(area) || area < 1 || area > MOST_AREAS) throw new SealedError("malformed", "area");
  if (!Number.isInteger(seq) || seq < 1 || seq > MOST_CASTS) throw new SealedError("malformed", "seq");
  if (!isAcceptableEd25519(voter)) throw new SealedError("weak_key", "the voter's key is not usable");
  return concat(digest, uint(area, 2), voter, uint(seq, 1));
}
