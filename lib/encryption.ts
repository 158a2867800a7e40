import "server-only";
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes that are not what {@link encrypt} wrote under this key and for this purpose. */
export class DecryptionError extends Error {
  override readonly name = "DecryptionError";
}

/**
 * AES-256-GCM under the key-encryption key: nonce (12 bytes), ciphertext, tag (16 bytes).
 * `purpose` names table, column and row, and is authenticated: a value moved elsewhere does not open.
 */
export function encrypt(plain: Uint8Array | string, purpose: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyEncryptionKey(), nonce);
  cipher.setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, body, cipher.getAuthTag()]));
}

/** @throws DecryptionError */
export function decrypt(sealed: Uint8Array, purpose: string): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new DecryptionError(`${purpose}: too short`);
  const decipher = createDecipheriv("aes-256-gcm", keyEncryptionKey(), bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new DecryptionError(`${purpose}: was altered, or is under another key`);
  }
}

/**
 * The keyed hash under which a person is recognised. A plain hash of a fiscal number could be guessed:
 * it is made of the name, the day and the place of birth.
 */
export function fiscalNumberHash(fiscalNumber: string): string {
  return createHmac("sha256", Buffer.from(env.FISCAL_NUMBER_KEY, "hex")).update(fiscalNumber).digest("hex");
}

/**
 * HMAC-SHA-256, hexadecimal, under a key of the server that serves `purpose` alone: for names and ids that nobody
 * may work out who knows, or can guess, what they were made of.
 */
export function keyedHash(purpose: string, ...parts: readonly string[]): string {
  const key = Buffer.from(hkdfSync("sha256", keyEncryptionKey(), "", `co-city ${purpose}`, 32));
  return createHmac("sha256", key).update(JSON.stringify(parts)).digest("hex");
}

function keyEncryptionKey(): Buffer {
  return Buffer.from(env.KEY_ENCRYPTION_KEY, "hex");
}
