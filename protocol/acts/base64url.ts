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
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Bits beyond the last whole byte must be zero. */
function isCanonical(text: string): boolean {
  if (text.length % 4 === 1) return false;
  return toBase64url(fromBase64url(text)) === text;
}
