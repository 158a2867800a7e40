import { type KeyObject, sign } from "node:crypto";

/** Order of the group of P-256 (SEC 2, section 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A signature that is not 64 bytes of two numbers within P-256's order. */
export class SignatureFormatError extends Error {
  override readonly name = "SignatureFormatError";
}

/**
 * Signs as Fabric wants it: ECDSA over SHA-256, DER, with the lower of the two possible `s`
 * (a peer refuses the higher one).
 * @param key a P-256 private key
 */
export function signMessage(key: KeyObject, message: Uint8Array): Uint8Array {
  return derFromP1363(sign("sha256", message, { key, dsaEncoding: "ieee-p1363" }));
}

/**
 * Turns what WebCrypto's `sign({ name: "ECDSA", hash: "SHA-256" })` gives for a P-256 key (IEEE P1363: r ‖ s, 32 bytes
 * each) into low-S DER.
 * @throws SignatureFormatError
 */
export function derFromP1363(signature: Uint8Array): Uint8Array {
  if (signature.length !== 64) throw new SignatureFormatError(`${signature.length} bytes where 64 are due`);
  const bytes = Buffer.from(signature);
  const r = BigInt(`0x${bytes.toString("hex", 0, 32)}`);
  const s = BigInt(`0x${bytes.toString("hex", 32)}`);
  if (r === 0n || s === 0n || r >= order || s >= order)
    throw new SignatureFormatError("out of the range of P-256");
  const content = Buffer.concat([derInteger(r), derInteger(s > order / 2n ? order - s : s)]);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}

function derInteger(value: bigint): Buffer {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 ? `0${digits}` : digits, "hex");
  const positive = (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return Buffer.concat([Buffer.of(0x02, positive.length), positive]);
}
