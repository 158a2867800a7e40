import * as fc from "fast-check";
import { expect, test } from "vitest";
import { combineShares, multiply, shareOf, type TrusteeNumber, trusteeNumbers } from "./sharing";

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const pairs: [TrusteeNumber, TrusteeNumber][] = [
  [1, 2],
  [1, 3],
  [2, 3],
  [3, 1],
];

test("the field is that of AES (FIPS 197, section 4.2)", () => {
  expect(multiply(0x57, 0x83)).toBe(0xc1);
  expect(multiply(0x57, 0x13)).toBe(0xfe);
  for (let a = 0; a < 256; a++) {
    expect(multiply(a, 1)).toBe(a);
    expect(multiply(0, a)).toBe(0);
    const products = new Set(Array.from({ length: 256 }, (_, b) => multiply(a, b)));
    expect(products.size).toBe(a === 0 ? 1 : 256);
  }
});

test("any two shares give the key back", () => {
  fc.assert(
    fc.property(bytes, bytes, fc.constantFrom(...pairs), (key, coefficients, [a, b]) => {
      const share = (trustee: TrusteeNumber) => ({ trustee, share: shareOf(key, coefficients, trustee) });
      expect(combineShares([share(a), share(b)])).toEqual(key);
    }),
  );
});

test("one share says nothing: it goes with every key", () => {
  for (const trustee of trusteeNumbers) {
    for (let key = 0; key < 256; key++) {
      const shares = new Set(
        Array.from({ length: 256 }, (_, a) => shareOf(Uint8Array.of(key), Uint8Array.of(a), trustee)[0]),
      );
      expect(shares.size).toBe(256);
    }
  }
});

test("the same share twice is no two shares", () => {
  const share = { trustee: 1, share: new Uint8Array(32) } as const;
  expect(() => combineShares([share, share])).toThrow(RangeError);
  expect(() => combineShares([share, { trustee: 2, share: new Uint8Array(31) }])).toThrow(RangeError);
  expect(() => shareOf(new Uint8Array(32), new Uint8Array(31), 1)).toThrow(RangeError);
});
