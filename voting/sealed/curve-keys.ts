/**
 * Public keys that are refused before any library sees them. Libraries disagree on Ed25519 points of small order and on
 * coordinates of p and above, and an X25519 point of small order makes every shared secret zero. A key that passes
 * and has a part of small order harms only its owner.
 */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { SealedError } from "./errors";
import type { Primitives } from "./primitives";
import { hasSmallOrder } from "./small-order";

const CURVE_KEY = 32;
const ED25519_SIGNATURE = 64;

/** 2²⁵⁵ − 19, and the order of the base point, little-endian as keys and scalars are. */
const FIELD = hexToBytes("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
const ORDER = hexToBytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

/** The canonical u-coordinates of X25519 points of small order, of the curve and of its twist. */
const x25519SmallOrder: ReadonlySet<string> = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);

export function isAcceptableEd25519(publicKey: Uint8Array): boolean {
  if (publicKey.length !== CURVE_KEY || hasSmallOrder(bytesToHex(publicKey))) return false;
  const withoutSign = publicKey.slice();
  withoutSign[31] = (withoutSign[31] as number) & 0x7f;
  return isBelow(withoutSign, FIELD);
}

export function isAcceptableX25519(publicKey: Uint8Array): boolean {
  return (
    publicKey.length === CURVE_KEY &&
    isBelow(publicKey, FIELD) &&
    !x25519SmallOrder.has(bytesToHex(publicKey))
  );
}

/** @throws {SealedError} `weak_key` */
export function requireX25519(publicKey: Uint8Array, whose: string): Uint8Array {
  if (!isAcceptableX25519(publicKey)) throw new SealedError("weak_key", `${whose}: not a usable X25519 key`);
  return publicKey;
}

/** Whether the signature (RFC 8032) is that of an acceptable key, its scalar below the order. */
export async function signedBy(
  primitives: Primitives,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (signature.length !== ED25519_SIGNATURE || !isAcceptableEd25519(publicKey)) return false;
  if (!isBelow(signature.subarray(32), ORDER)) return false;
  return primitives.ed25519Verify(publicKey, message, signature);
}

/** Of two little-endian numbers of the same length. */
function isBelow(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = a.length - 1; i >= 0; i--) {
    if (a[i] !== b[i]) return (a[i] as number) < (b[i] as number);
  }
  return false;
}
