/** Codes by which somebody who has one takes or joins a draft: short enough to be typed, too many to be guessed. */
import { randomInt } from "node:crypto";
import { keyedHash } from "@/lib/encryption";

/** Letters and digits that are not taken for one another. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 12;
const CODE_DAYS = 14;
const DAY_MS = 86_400_000;

export function newCode(): { code: string; expiresAt: Date } {
  const code = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return { code, expiresAt: new Date(Date.now() + CODE_DAYS * DAY_MS) };
}

/** As people type it: small letters, blanks and hyphens do not matter. */
export function codeHash(purpose: string, code: string): string {
  return keyedHash(purpose, code.toUpperCase().replace(/[\s-]/g, ""));
}

/** In groups of four, as it is read aloud. */
export function grouped(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}
