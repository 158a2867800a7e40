/** base64url without padding (RFC 4648, section 5), as WebAuthn writes bytes; runs in browsers and Node alike. */
import { z } from "zod";

/** A text that stands for at least one byte and at most `most`; each run of bytes has one text. */
export const Base64url = (most: number) =>
  z
    .string()
    .max(Math.ceil((most * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/)
    .refine((text) => isCanonical(text));

/** The bytes of a text that `Base64url` accepted. @throws {DOMException} on a text that is not base64url */
export function fromBase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** By how many characters stand beyond whole groups of four: the bits of the last one that belong to no byte. */
const spareBits = [0, undefined, 0b1111, 0b11] as const;

/** Bits beyond the last whole byte must be zero. */
function isCanonical(text: string): boolean {
  const spare = spareBits[text.length % 4];
  return spare !== undefined && (alphabet.indexOf(text.at(-1) ?? "") & spare) === 0;
}
