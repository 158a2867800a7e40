/** A sealed ballot as it is cast: with the voter's signature and the three issuers' credentials. No session, no name. */
import { ISSUER_KEY } from "./blind-signature";
import { concat, equalBytes, Reader, requireLength, uint } from "./bytes";
import { type AreaIssuers, areCredentials, type CredentialCheck, type Credentials } from "./credentials";
import { isAcceptableEd25519, signedBy } from "./curve-keys";
import { envelopeDigest, envelopeLength } from "./envelope";
import { SealedError } from "./errors";
import { labelled } from "./labels";
import type { Primitives } from "./primitives";
import {
  type BallotPlace,
  FREEZE_DIGEST,
  MOST_AREAS,
  MOST_CASTS,
  PLACE,
  placeBytes,
  type SealedRound,
} from "./round";

const VERSION = 1;
const SIGNATURE = 64;

export interface Cast extends BallotPlace {
  readonly envelope: Uint8Array;
  /** Of the voter's key over `castMessage`. */
  readonly signature: Uint8Array;
  readonly credentials: Credentials;
}

/** F ‖ area ‖ voter's key ‖ seq ‖ digest of the envelope, under a label. */
export function castMessage(
  round: Pick<SealedRound, "digest">,
  place: BallotPlace,
  digestOfEnvelope: Uint8Array,
): Uint8Array {
  return labelled("cast signature", placeBytes(round, place), requireLength(digestOfEnvelope, 32, "digest"));
}

/** @param secret of the voter's key */
export async function signCast(
  primitives: Primitives,
  round: SealedRound,
  place: BallotPlace,
  secret: Uint8Array,
  credentials: Credentials,
  envelope: Uint8Array,
): Promise<Cast> {
  const message = castMessage(round, place, envelopeDigest(envelope));
  return { ...place, envelope, credentials, signature: await primitives.ed25519Sign(secret, message) };
}

export type CastFault = "malformed" | "weak_key" | "bad_credential" | "bad_signature";

/**
 * The first fault of a cast, or null. In this order: place, length, key, credentials, signature.
 *
 * @param issuers keys of the cast's own area; a round has others for each area
 * @param check a faster one with the same verdict
 */
export async function castFault(
  primitives: Primitives,
  round: Pick<SealedRound, "digest" | "layout">,
  issuers: AreaIssuers,
  cast: Cast,
  check: CredentialCheck = areCredentials,
): Promise<CastFault | null> {
  const { area, voter, seq, envelope, signature, credentials } = cast;
  if (!Number.isInteger(area) || area < 1 || area > MOST_AREAS) return "malformed";
  if (!Number.isInteger(seq) || seq < 1 || seq > MOST_CASTS || voter.length !== 32) return "malformed";
  if (envelope.length !== envelopeLength(round)) return "malformed";
  if (!isAcceptableEd25519(voter)) return "weak_key";
  if (!(await check(issuers, round.digest, area, voter, credentials))) return "bad_credential";
  const message = castMessage(round, cast, envelopeDigest(envelope));
  return (await signedBy(primitives, voter, message, signature)) ? null : "bad_signature";
}

export function castLength(round: Pick<SealedRound, "layout">): number {
  return 1 + PLACE + SIGNATURE + 3 * ISSUER_KEY + envelopeLength(round);
}

/** Version (1) ‖ F ‖ area ‖ voter's key ‖ seq ‖ signature (64) ‖ credentials (3 × 384) ‖ envelope. */
export function encodeCast(round: SealedRound, cast: Cast): Uint8Array {
  const { signature, credentials, envelope } = cast;
  return concat(
    uint(VERSION, 1),
    placeBytes(round, cast),
    requireLength(signature, SIGNATURE, "signature"),
    ...credentials.map((credential) => requireLength(credential, ISSUER_KEY, "credential")),
    requireLength(envelope, envelopeLength(round), "envelope"),
  );
}

/** Reads the layout, and that it is of this round; signatures are not checked. @throws {SealedError} `malformed` or `weak_key` */
export function decodeCast(round: SealedRound, bytes: Uint8Array): Cast {
  requireLength(bytes, castLength(round), "cast");
  const reader = new Reader(bytes, "cast");
  reader.version(VERSION);
  const freeze = reader.take(FREEZE_DIGEST);
  const place = { area: reader.uint(2), voter: reader.take(32), seq: reader.uint(1) };
  const cast = {
    ...place,
    signature: reader.take(SIGNATURE),
    credentials: [reader.take(ISSUER_KEY), reader.take(ISSUER_KEY), reader.take(ISSUER_KEY)] as const,
    envelope: reader.take(envelopeLength(round)),
  };
  reader.end();
  const expected = placeBytes(round, place).subarray(0, FREEZE_DIGEST);
  return equalBytes(freeze, expected) ? cast : otherRound();
}

/**
 * A cast from bytes of anybody: read, of this round and without a fault, or the first fault.
 *
 * @param issuersOf an area's keys; undefined for an area that the round does not have
 */
export async function readCast(
  primitives: Primitives,
  round: SealedRound,
  issuersOf: (area: number) => AreaIssuers | undefined,
  bytes: Uint8Array,
): Promise<{ readonly cast: Cast } | { readonly fault: CastFault }> {
  let cast: Cast;
  try {
    cast = decodeCast(round, bytes);
  } catch (error) {
    if (!(error instanceof SealedError)) throw error;
    return { fault: error.code === "weak_key" ? "weak_key" : "malformed" };
  }
  const issuers = issuersOf(cast.area);
  if (!issuers) return { fault: "malformed" };
  const fault = await castFault(primitives, round, issuers, cast);
  return fault ? { fault } : { cast };
}

function otherRound(): never {
  throw new SealedError("malformed", "cast: of another round");
}
