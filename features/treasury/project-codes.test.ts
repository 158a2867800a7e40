import fc from "fast-check";
import { expect, it } from "vitest";
import { isLikelyCig, isLikelyCup } from "./project-codes";

const check = (number: number, modulus: number, length: number) =>
  ((number * 211) % modulus).toString(16).toUpperCase().padStart(length, "0");

it("takes a CIG with the right check digits, and no other", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 4090 }), (number, off) => {
      const body = String(number).padStart(7, "0");
      const right = check(number, 4091, 3);
      const wrong = ((Number.parseInt(right, 16) + off) % 4091).toString(16).toUpperCase().padStart(3, "0");
      expect(isLikelyCig(body + right)).toBe(true);
      expect(isLikelyCig(body + wrong)).toBe(false);
    }),
  );
});

it("knows the codes that begin with a letter", () => {
  const newer = 0x00f1a2;
  expect(isLikelyCig(`B00F1A2${check(newer + 2, 4091, 3)}`)).toBe(true);
  expect(isLikelyCig(`A00F1A2${check(newer + 2, 4091, 3)}`)).toBe(false);
  expect(isLikelyCig(`Z${check(0x1234567, 251, 2)}1234567`)).toBe(true);
  expect(isLikelyCig("0000000000")).toBe(false);
  expect(isLikelyCig("CIG?")).toBe(false);
});

it("looks at the form of a CUP", () => {
  expect(isLikelyCup("c13d21000000006")).toBe(true);
  expect(isLikelyCup("C13D2100000000")).toBe(false);
  expect(isLikelyCup("CC3D21000000006")).toBe(false);
});
