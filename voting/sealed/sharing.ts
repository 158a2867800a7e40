/**
 * Two of three shares give a key back (Shamir over GF(256), the field of AES). Each byte k of the key has a line
 * k + a·x; share i is its value at x = i. The coefficients are given, so that the shares can be made again.
 */
export type TrusteeNumber = 1 | 2 | 3;

export const trusteeNumbers = [1, 2, 3] as const;

/** @param coefficients as many bytes as the key has, as secret as the key */
export function shareOf(key: Uint8Array, coefficients: Uint8Array, trustee: TrusteeNumber): Uint8Array {
  if (key.length !== coefficients.length) throw new RangeError("one coefficient for each byte");
  return key.map((byte, i) => byte ^ multiply(coefficients[i] as number, trustee));
}

export interface KeyShare {
  readonly trustee: TrusteeNumber;
  readonly share: Uint8Array;
}

/** The lines' values at 0 (Lagrange; in this field minus is plus). */
export function combineShares([a, b]: readonly [KeyShare, KeyShare]): Uint8Array {
  if (a.trustee === b.trustee) throw new RangeError("the shares of two trustees are needed");
  if (a.share.length !== b.share.length) throw new RangeError("shares of different lengths");
  const difference = inverse(a.trustee ^ b.trustee);
  const weightA = multiply(b.trustee, difference);
  const weightB = multiply(a.trustee, difference);
  return a.share.map((byte, i) => multiply(byte, weightA) ^ multiply(b.share[i] as number, weightB));
}

/** Modulo x⁸ + x⁴ + x³ + x + 1, without a branch or a table that depends on the factors. */
export function multiply(a: number, b: number): number {
  let product = 0;
  let power = a;
  for (let bit = 0; bit < 8; bit++) {
    product ^= power & -((b >> bit) & 1);
    power = (power << 1) ^ (0x11b & -(power >> 7));
  }
  return product & 0xff;
}

/** a²⁵⁴. */
function inverse(a: number): number {
  let result = 1;
  for (let i = 0; i < 254; i++) result = multiply(result, a);
  return result;
}
