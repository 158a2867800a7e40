/**
 * Arithmetic modulo an RSA modulus on BigInt, which takes time that depends on its values. Here that is harmless: a
 * voter's device blinds once, with numbers nobody else chooses, and nobody measures it; an issuer's secret exponent
 * never comes here (`blind-sign.ts` leaves it to OpenSSL).
 */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

export const PUBLIC_EXPONENT = 65_537n;

export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

export function toBytes(value: bigint, length: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(2 * length, "0"));
}

/** base^65537: sixteen squarings and one multiplication. */
export function raisePublic(base: bigint, modulus: bigint): bigint {
  let power = base;
  for (let i = 0; i < 16; i++) power = (power * power) % modulus;
  return (power * base) % modulus;
}

/** The inverse by Euclid's algorithm, or null where there is none. */
export function invert(value: bigint, modulus: bigint): bigint | null {
  let [previous, rest] = [modulus, ((value % modulus) + modulus) % modulus];
  let [before, factor] = [0n, 1n];
  while (rest !== 0n) {
    const quotient = previous / rest;
    [previous, rest] = [rest, previous - quotient * rest];
    [before, factor] = [factor, before - quotient * factor];
  }
  if (previous !== 1n) return null;
  return before < 0n ? before + modulus : before;
}
