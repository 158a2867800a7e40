/**
 * HPKE (RFC 9180), base mode, one message a context: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The
 * ephemeral key is *given*, because an envelope has to be made again byte by byte; whoever seals must therefore never
 * give the same one for two plaintexts.
 */
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, equalBytes, isZero, uint, utf8 } from "./bytes";
import { requireX25519 } from "./curve-keys";
import { SealedError } from "./errors";
import { AES_TAG, type Primitives } from "./primitives";

const KEM = concat(utf8("KEM"), uint(0x0020, 2));
const SUITE = concat(utf8("HPKE"), uint(0x0020, 2), uint(0x0001, 2), uint(0x0002, 2));
const EMPTY = new Uint8Array();
const BASE_MODE = uint(0, 1);

export const ENCAPSULATED = 32;
/** How much longer a sealed message is, with its encapsulated key. */
export const HPKE_OVERHEAD = ENCAPSULATED + AES_TAG;

/** DeriveKeyPair: the secret key of an ephemeral from at least 32 bytes of key material. */
export function deriveSecretKey(material: Uint8Array): Uint8Array {
  const prk = labelledExtract(KEM, EMPTY, "dkp_prk", material);
  return labelledExpand(KEM, prk, "sk", EMPTY, 32);
}

export interface Sealing {
  readonly recipient: Uint8Array;
  /** Secret key, from `deriveSecretKey`. */
  readonly ephemeral: Uint8Array;
  readonly info: Uint8Array;
  readonly additional?: Uint8Array;
}

/** The encapsulated key and the ciphertext behind it. @throws {SealedError} `weak_key` */
export async function hpkeSeal(
  primitives: Primitives,
  { recipient, ephemeral, info, additional = EMPTY }: Sealing,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  const encapsulated = await primitives.x25519PublicKey(ephemeral);
  const shared = await exchange(primitives, ephemeral, recipient);
  const { key, nonce } = schedule(shared, encapsulated, recipient, info);
  return concat(encapsulated, await primitives.aesGcmSeal(key, nonce, additional, plaintext));
}

/** @throws {SealedError} `not_opened` or `weak_key` */
export async function hpkeOpen(
  primitives: Primitives,
  secret: Uint8Array,
  info: Uint8Array,
  sealed: Uint8Array,
  additional: Uint8Array = EMPTY,
): Promise<Uint8Array> {
  const encapsulated = sealed.slice(0, ENCAPSULATED);
  const shared = await exchange(primitives, secret, encapsulated);
  const own = await primitives.x25519PublicKey(secret);
  return opened(primitives, shared, own, info, sealed, additional);
}

/**
 * Opens as the sender, who has the ephemeral's secret key in the place of the recipient's. The encapsulated key must be that
 * of the ephemeral: otherwise a sender could show what the recipient never could have opened.
 *
 * @throws {SealedError} `not_opened` or `weak_key`
 */
export async function hpkeOpenAsSender(
  primitives: Primitives,
  { recipient, ephemeral, info, additional = EMPTY }: Sealing,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  const encapsulated = await primitives.x25519PublicKey(ephemeral);
  if (!equalBytes(encapsulated, sealed.slice(0, ENCAPSULATED))) {
    throw new SealedError("not_opened", "the ephemeral key of something else");
  }
  const shared = await exchange(primitives, ephemeral, recipient);
  return opened(primitives, shared, recipient, info, sealed, additional);
}

async function opened(
  primitives: Primitives,
  shared: Uint8Array,
  recipient: Uint8Array,
  info: Uint8Array,
  sealed: Uint8Array,
  additional: Uint8Array,
): Promise<Uint8Array> {
  const { key, nonce } = schedule(shared, sealed.slice(0, ENCAPSULATED), recipient, info);
  const plaintext = await primitives.aesGcmOpen(key, nonce, additional, sealed.slice(ENCAPSULATED));
  if (plaintext === null) throw new SealedError("not_opened", "sealed to another key, or altered");
  return plaintext;
}

async function exchange(
  primitives: Primitives,
  secret: Uint8Array,
  publicKey: Uint8Array,
): Promise<Uint8Array> {
  const shared = await primitives.x25519(secret, requireX25519(publicKey, "the other party"));
  if (shared === null || isZero(shared)) throw new SealedError("weak_key", "the shared secret is zero");
  return shared;
}

/** The same for every message without a pre-shared key. */
const NO_PSK = labelledExtract(SUITE, EMPTY, "psk_id_hash", EMPTY);

/** ExtractAndExpand of the KEM, then KeySchedule in base mode; of the context only its first message is used. */
function schedule(
  exchanged: Uint8Array,
  encapsulated: Uint8Array,
  recipient: Uint8Array,
  info: Uint8Array,
): { key: Uint8Array; nonce: Uint8Array } {
  const eaePrk = labelledExtract(KEM, EMPTY, "eae_prk", exchanged);
  const shared = labelledExpand(KEM, eaePrk, "shared_secret", concat(encapsulated, recipient), 32);
  const context = concat(BASE_MODE, NO_PSK, labelledExtract(SUITE, EMPTY, "info_hash", info));
  const secret = labelledExtract(SUITE, shared, "secret", EMPTY);
  return {
    key: labelledExpand(SUITE, secret, "key", context, 32),
    nonce: labelledExpand(SUITE, secret, "base_nonce", context, 12),
  };
}

function labelledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return extract(sha256, concat(utf8("HPKE-v1"), suite, utf8(label), ikm), salt);
}

function labelledExpand(
  suite: Uint8Array,
  prk: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return expand(sha256, prk, concat(uint(length, 2), utf8("HPKE-v1"), suite, utf8(label), info), length);
}
