import { z } from "zod";

/** A text that stands for at least one byte and at most `most`; each run of bytes has one text. */
export const Base64url = (most: number) =>
  z
    .string()
    .max(Math.ceil((most * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/)
    .refine((text) => isCanonical(text));

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** By how many characters stand beyond whole groups of four: the bits of the last one that belong to no byte. */
const spareBits = [0, undefined, 0b1111, 0b11] as const;

/** Bits beyond the last whole byte must be zero. */
function isCanonical(text: string): boolean {
  const spare = spareBits[text.length % 4];
  return spare !== undefined && (alphabet.indexOf(text.at(-1) ?? "") & spare) === 0;
}
