/**
 * The outer layer: a cast sealed to the opener and signed with a posting key. The relay, which sees addresses and times,
 * can tell that a voter of the round posts and how often, and nothing else; the opener gets no posting key.
 */
import { ISSUER_KEY, isBlindSigned, type RsaKey } from "./blind-signature";
import { concat, equalBytes, Reader, requireLength, uint } from "./bytes";
import { castLength } from "./cast";
import { postingMessage } from "./credentials";
import { signedBy } from "./curve-keys";
import { SealedError } from "./errors";
import { HPKE_OVERHEAD, hpkeOpen, hpkeOpenAsSender, hpkeSeal } from "./hpke";
import { digest, labelled } from "./labels";
import type { Primitives } from "./primitives";
import { FREEZE_DIGEST, type SealedRound } from "./round";

const VERSION = 1;
const KEY = 32;
const SIGNATURE = 64;

export interface Post {
  /** Ed25519. */
  readonly postingKey: Uint8Array;
  /** Signature of the key for posting over `postingMessage`. */
  readonly credential: Uint8Array;
  /** What the relay passes on: the cast, sealed to the opener. */
  readonly sealed: Uint8Array;
  readonly signature: Uint8Array;
}

/** @param ephemeral from `postEphemeral`; for another cast another one */
export function sealCast(
  primitives: Primitives,
  round: SealedRound,
  ephemeral: Uint8Array,
  cast: Uint8Array,
): Promise<Uint8Array> {
  requireLength(cast, castLength(round), "cast");
  return hpkeSeal(primitives, { recipient: round.opener, ephemeral, info: postInfo(round) }, cast);
}

/** @throws {SealedError} `not_opened` or `weak_key` */
export function openCast(
  primitives: Primitives,
  round: SealedRound,
  openerSecret: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  return hpkeOpen(primitives, openerSecret, postInfo(round), sealed);
}

/** The cast in a post, for whoever claims a broken promise and hands over the ephemeral. @throws as `openCast` */
export function openClaim(
  primitives: Primitives,
  round: SealedRound,
  ephemeral: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  return hpkeOpenAsSender(primitives, { recipient: round.opener, ephemeral, info: postInfo(round) }, sealed);
}

/** @param secret of the posting key */
export async function signPost(
  primitives: Primitives,
  round: SealedRound,
  secret: Uint8Array,
  credential: Uint8Array,
  sealed: Uint8Array,
): Promise<Post> {
  const postingKey = await primitives.ed25519PublicKey(secret);
  const signature = await primitives.ed25519Sign(secret, postMessage(round, postingKey, sealed));
  return { postingKey, credential, sealed, signature };
}

export type PostFault = "malformed" | "bad_credential" | "bad_signature";

/** The first fault that the relay can see, or null. In this order: length, credential, signature. */
export async function postFault(
  primitives: Primitives,
  round: SealedRound,
  postingIssuer: RsaKey,
  { postingKey, credential, sealed, signature }: Post,
): Promise<PostFault | null> {
  if (postingKey.length !== KEY || sealed.length !== sealedLength(round)) return "malformed";
  if (!isBlindSigned(postingIssuer, postingMessage(round.digest, postingKey), credential)) {
    return "bad_credential";
  }
  const message = postMessage(round, postingKey, sealed);
  return (await signedBy(primitives, postingKey, message, signature)) ? null : "bad_signature";
}

export function postLength(round: SealedRound): number {
  return 1 + FREEZE_DIGEST + KEY + ISSUER_KEY + SIGNATURE + sealedLength(round);
}

/** Version (1) ‖ F ‖ posting key (32) ‖ its credential (384) ‖ signature (64) ‖ sealed cast. */
export function encodePost(
  round: SealedRound,
  { postingKey, credential, sealed, signature }: Post,
): Uint8Array {
  return concat(
    uint(VERSION, 1),
    requireLength(round.digest, FREEZE_DIGEST, "digest of the freeze"),
    requireLength(postingKey, KEY, "posting key"),
    requireLength(credential, ISSUER_KEY, "credential"),
    requireLength(signature, SIGNATURE, "signature"),
    requireLength(sealed, sealedLength(round), "sealed cast"),
  );
}

/** Reads the layout, and that it is of this round; signatures are not checked. @throws {SealedError} `malformed` */
export function decodePost(round: SealedRound, bytes: Uint8Array): Post {
  requireLength(bytes, postLength(round), "post");
  const reader = new Reader(bytes, "post");
  reader.version(VERSION);
  if (!equalBytes(reader.take(FREEZE_DIGEST), round.digest)) {
    throw new SealedError("malformed", "post: of another round");
  }
  const post = {
    postingKey: reader.take(KEY),
    credential: reader.take(ISSUER_KEY),
    signature: reader.take(SIGNATURE),
    sealed: reader.take(sealedLength(round)),
  };
  reader.end();
  return post;
}

/** What receipts name. It never goes on the ledger: the relay could join it to an address. */
export function postDigest(sealed: Uint8Array): Uint8Array {
  return digest("post", sealed);
}

function sealedLength(round: Pick<SealedRound, "layout">): number {
  return castLength(round) + HPKE_OVERHEAD;
}

function postInfo({ digest }: Pick<SealedRound, "digest">): Uint8Array {
  return labelled("post", requireLength(digest, FREEZE_DIGEST, "digest of the freeze"));
}

/** F ‖ posting key ‖ digest of the sealed cast, under a label. */
function postMessage(round: SealedRound, postingKey: Uint8Array, sealed: Uint8Array): Uint8Array {
  return labelled("post signature", round.digest, postingKey, postDigest(sealed));
}
