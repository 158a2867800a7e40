/**
 * A sealed ballot. Any two trustees open it, and whoever has opened it makes it again from its key, byte by byte:
 * whether a ballot counts does not depend on which two came, and a voter cannot prepare one that opens in two ways.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { plaintextLength } from "./ballot-layout";
import { concat, equalBytes, Reader, uint } from "./bytes";
import { SealedError } from "./errors";
import { deriveSecretKey, HPKE_OVERHEAD, hpkeOpen, hpkeSeal } from "./hpke";
import { derive, digest, labelled } from "./labels";
import { AES_TAG, type Primitives } from "./primitives";
import { type BallotPlace, placeBytes, type SealedRound } from "./round";
import { combineShares, shareOf, type TrusteeNumber, trusteeNumbers } from "./sharing";

const VERSION = 1;
const KEY = 32;
const COMMITMENT = 32;
const SEALED_SHARE = KEY + HPKE_OVERHEAD;
/** Each cipher key seals one ballot, so that its nonce need not differ. */
const NONCE = new Uint8Array(12);

export function envelopeLength({ layout }: Pick<SealedRound, "layout">): number {
  return 1 + COMMITMENT + trusteeNumbers.length * SEALED_SHARE + plaintextLength(layout) + AES_TAG;
}

/**
 * Version (1) ‖ commitment to K (32) ‖ for each trustee its share, sealed (80) ‖ ballot, sealed.
 *
 * @param key K, from `ballotKey`
 * @throws {SealedError} `malformed` or `weak_key`
 */
export async function sealEnvelope(
  primitives: Primitives,
  round: SealedRound,
  place: BallotPlace,
  key: Uint8Array,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  if (plaintext.length !== plaintextLength(round.layout)) throw new SealedError("malformed", "plaintext");
  const commitment = digest("key commitment", key);
  const coefficients = derive(key, "share coefficients");
  const shares = trusteeNumbers.map((trustee) =>
    hpkeSeal(
      primitives,
      {
        recipient: round.trustees[trustee - 1] as Uint8Array,
        ephemeral: deriveSecretKey(derive(key, "share ephemeral", [uint(trustee, 1)])),
        info: shareInfo(round, place, trustee, commitment),
      },
      shareOf(key, coefficients, trustee),
    ),
  );
  const ballot = primitives.aesGcmSeal(
    derive(key, "ballot cipher key"),
    NONCE,
    labelled("ballot", placeBytes(round, place)),
    plaintext,
  );
  return concat(uint(VERSION, 1), commitment, ...(await Promise.all(shares)), await ballot);
}

export interface TrusteeSecret {
  readonly trustee: TrusteeNumber;
  /** X25519 secret key of the round. */
  readonly secret: Uint8Array;
}

export interface OpenedEnvelope {
  readonly key: Uint8Array;
  readonly plaintext: Uint8Array;
}

/**
 * Opens with two trustees' keys and makes the envelope again. Null for every envelope that an honest device would not
 * have made, whatever is wrong with it: which fault shows first depends on who opens, and a reason must not.
 */
export async function openEnvelope(
  primitives: Primitives,
  round: SealedRound,
  place: BallotPlace,
  [a, b]: readonly [TrusteeSecret, TrusteeSecret],
  envelope: Uint8Array,
): Promise<OpenedEnvelope | null> {
  if (envelope.length !== envelopeLength(round) || envelope[0] !== VERSION) return null;
  try {
    const shareA = await openShare(primitives, round, place, a, envelope);
    const shareB = await openShare(primitives, round, place, b, envelope);
    const key = combineShares([
      { trustee: a.trustee, share: shareA },
      { trustee: b.trustee, share: shareB },
    ]);
    return await openWithKey(primitives, round, place, key, envelope);
  } catch (error) {
    if (error instanceof SealedError) return null;
    throw error;
  }
}

/** Opens with K itself, as a challenge does, and makes the envelope again. Null as for `openEnvelope`. */
export async function openWithKey(
  primitives: Primitives,
  round: SealedRound,
  place: BallotPlace,
  key: Uint8Array,
  envelope: Uint8Array,
): Promise<OpenedEnvelope | null> {
  if (envelope.length !== envelopeLength(round)) return null;
  const plaintext = await primitives.aesGcmOpen(
    derive(key, "ballot cipher key"),
    NONCE,
    labelled("ballot", placeBytes(round, place)),
    envelope.slice(-plaintextLength(round.layout) - AES_TAG),
  );
  if (plaintext === null) return null;
  const again = await sealEnvelope(primitives, round, place, key, plaintext);
  return equalBytes(again, envelope) ? { key, plaintext } : null;
}

/**
 * One trustee's share of K. It is right only if the envelope is: two shares are combined and checked by
 * `openEnvelope`.
 *
 * @throws {SealedError} `not_opened`, `malformed` or `weak_key`
 */
export async function openShare(
  primitives: Primitives,
  round: SealedRound,
  place: BallotPlace,
  { trustee, secret }: TrusteeSecret,
  envelope: Uint8Array,
): Promise<Uint8Array> {
  const reader = new Reader(envelope, "envelope");
  reader.version(VERSION);
  const commitment = reader.take(COMMITMENT);
  reader.take((trustee - 1) * SEALED_SHARE);
  const sealed = reader.take(SEALED_SHARE);
  return hpkeOpen(primitives, secret, shareInfo(round, place, trustee, commitment), sealed);
}

/** What the ledger knows an envelope by, and what its voter signs. */
export function envelopeDigest(envelope: Uint8Array): Uint8Array {
  return digest("envelope", sha256(envelope));
}

/** A share opens at its place, for its trustee and beside its commitment only. */
function shareInfo(
  round: SealedRound,
  place: BallotPlace,
  trustee: TrusteeNumber,
  commitment: Uint8Array,
): Uint8Array {
  return labelled("share", placeBytes(round, place), uint(trustee, 1), commitment);
}
