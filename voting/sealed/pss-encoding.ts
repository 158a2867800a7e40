/** EMSA-PSS-ENCODE (RFC 8017, section 9.1.1) with SHA-384, MGF1 over SHA-384 and an empty salt. */
import { sha384 } from "@noble/hashes/sha2.js";
import { concat, uint } from "./bytes";

const HASH = 48;

/** @param bits one less than the modulus has */
export function encodePss(message: Uint8Array, bits: number): Uint8Array {
  const length = Math.ceil(bits / 8);
  const hash = sha384(concat(new Uint8Array(8), sha384(message)));
  const masked = mask(hash, length - HASH - 1);
  // The data block is zeros and, as its last byte, a one: there is no salt behind it.
  masked[masked.length - 1] = (masked.at(-1) as number) ^ 1;
  masked[0] = (masked[0] as number) & (0xff >> (8 * length - bits));
  return concat(masked, hash, uint(0xbc, 1));
}

/** MGF1. */
function mask(seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / HASH) }, (_, i) => sha384(concat(seed, uint(i, 4))));
  return concat(...blocks).slice(0, length);
}
