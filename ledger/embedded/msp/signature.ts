import { type KeyObject, sign, verify } from "node:crypto";

/** The order of P-256, by which all signatures made here are put in their lower half. */
const order = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");

/**
 * Half the order of each curve whose certificates Fabric takes (`bccsp/utils/ecdsa.go`). It refuses signatures whose S
 * is above it, so that none has a second form.
 */
const halfOrders: Readonly<Record<string, Buffer>> = {
  prime256v1: Buffer.from("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8", "hex"),
  secp384r1: Buffer.from(
    "7fffffffffffffffffffffffffffffffffffffffffffffffe3b1a6c0fa1b96efac0d06d9245853bd76760cb5666294b9",
    "hex",
  ),
};
const halfOrder = halfOrders.prime256v1 as Buffer;

const known = new WeakMap<KeyObject, Buffer>();

/** Half the order of a key's curve, undefined for keys that no certificate of the ledger has. */
export function halfOrderOf(key: KeyObject): Buffer | undefined {
  let half = known.get(key);
  if (!half) {
    half = halfOrders[key.asymmetricKeyDetails?.namedCurve ?? ""];
    if (half) known.set(key, half);
  }
  return half;
}

/**
 * Signs as Fabric does: ECDSA over SHA-256 on P-256, DER, S in its lower half (`bccsp/utils/ecdsa.go`).
 */
export function signLowS(key: KeyObject, message: Uint8Array): Buffer {
  const raw = sign("sha256", message, { key, dsaEncoding: "ieee-p1363" });
  return derFromRaw(raw);
}

/** True if `signature` is a DER signature of `message` with S in its lower half. Never throws. */
export function verifyLowS(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  if (!hasLowS(signature, key)) return false;
  try {
    return verify("sha256", message, key, signature);
  } catch {
    return false;
  }
}

/** As `signLowS`, on another thread. */
export function signLowSAside(key: KeyObject, message: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign("sha256", message, { key, dsaEncoding: "ieee-p1363" }, (error, raw) =>
      error ? reject(error) : resolve(derFromRaw(raw)),
    );
  });
}

/** As `verifyLowS`, on another thread. */
export async function verifyLowSAside(
  key: KeyObject,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!hasLowS(signature, key)) return false;
  return new Promise((resolve) => {
    verify("sha256", message, key, signature, (error, isRight) => resolve(!error && isRight));
  });
}

/**
 * Turns a raw `r || s` signature of 64 bytes (WebCrypto's form) into DER with S in its lower half.
 */
export function derFromRaw(raw: Uint8Array): Buffer {
  const r = Buffer.from(raw.subarray(0, 32));
  const s = Buffer.from(raw.subarray(32, 64));
  if (s.compare(halfOrder) > 0) negate(s);
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** Replaces S by the order less S, which is as good a signature. */
function negate(s: Buffer): void {
  let borrow = 0;
  for (let at = 31; at >= 0; at--) {
    const difference = (order[at] ?? 0) - (s[at] ?? 0) - borrow;
    borrow = difference < 0 ? 1 : 0;
    s[at] = difference & 0xff;
  }
}

function hasLowS(der: Uint8Array, key: KeyObject): boolean {
  const half = halfOrderOf(key);
  if (!half) return false;
  // SEQUENCE, INTEGER r, INTEGER s: each length fits one byte on these curves.
  const rLength = der[3];
  if (der.length < 8 || der[0] !== 0x30 || der[1] !== der.length - 2 || der[2] !== 0x02) return false;
  if (rLength === undefined || rLength > half.length + 1) return false;
  const sTag = 4 + rLength;
  const sLength = der[sTag + 1];
  if (der[sTag] !== 0x02 || sLength === undefined || sTag + 2 + sLength !== der.length) return false;
  let s = der.subarray(sTag + 2);
  while (s.length > 1 && s[0] === 0) s = s.subarray(1);
  if (s.length < half.length) return s.length > 0;
  return s.length === half.length && half.compare(s) >= 0;
}

function derInteger(value: Buffer): Buffer {
  let start = 0;
  while (start < value.length - 1 && value[start] === 0) start++;
  const trimmed = value.subarray(start);
  const padded = (trimmed[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed;
  return Buffer.concat([Buffer.from([0x02, padded.length]), padded]);
}
