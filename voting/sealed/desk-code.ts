/**
 * What a device without a sign-in shows at a desk. The code commits to its enrolment key: operators sign it, and nobody,
 * the page on which they type it included, can put another key in its place.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, requireLength, utf8 } from "./bytes";
import { digest } from "./labels";
import { FREEZE_DIGEST } from "./round";

/** Whole letters of five bits, and as much as a second key would have to be searched for. */
export const DESK_CODE = 15;
/** Without I, L, O and U, which are misread. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LETTERS = (DESK_CODE * 8) / 5;

export function deskCode(freeze: Uint8Array, enrolmentKey: Uint8Array): Uint8Array {
  return digest(
    "desk code",
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    requireLength(enrolmentKey, 32, "enrolment key"),
  ).slice(0, DESK_CODE);
}

/** Twenty-five letters in groups of five, the last of which checks the others. */
export function deskCodeText(code: Uint8Array): string {
  const bytes = concat(requireLength(code, DESK_CODE, "code"), checkOf(code));
  let text = "";
  for (let at = 0; at <= LETTERS; at++) text += ALPHABET[fiveBits(bytes, 5 * at)];
  return text.replace(/(.{5})(?=.)/g, "$1-");
}

/** As it is typed: small letters, spaces and letters that look alike do not matter. Undefined for what is no code. */
export function readDeskCode(typed: string): Uint8Array | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (text.length !== LETTERS + 1) return undefined;
  const code = new Uint8Array(DESK_CODE);
  for (let at = 0; at < LETTERS; at++) {
    const value = ALPHABET.indexOf(text[at] as string);
    if (value < 0) return undefined;
    for (let bit = 0; bit < 5; bit++) {
      const place = 5 * at + bit;
      if (value & (16 >> bit)) code[place >> 3] = (code[place >> 3] as number) | (128 >> (place & 7));
    }
  }
  return text === deskCodeText(code).replaceAll("-", "") ? code : undefined;
}

/** Stands in a request for an enrolment where a sign-in's token would: who the person says to be. */
export function deskSignIn(fiscalNumber: string): Uint8Array {
  return digest("desk sign-in", utf8(fiscalNumber));
}

function checkOf(code: Uint8Array): Uint8Array {
  return sha256(code).slice(0, 1);
}

function fiveBits(bytes: Uint8Array, from: number): number {
  const pair = ((bytes[from >> 3] as number) << 8) | (bytes[(from >> 3) + 1] ?? 0);
  return (pair >> (11 - (from & 7))) & 31;
}
