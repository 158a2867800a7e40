/** In the place of `ledger/evidence/digest.ts` where a browser checks. */
import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

export function sha256(data: Uint8Array): Uint8Array {
  return digest(data);
}

export function sha256Hex(data: Uint8Array): string {
  return bytesToHex(digest(data));
}

const strict = new TextDecoder("utf-8", { fatal: true });

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
