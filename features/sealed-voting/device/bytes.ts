/** Texts of the protocol's JSON read as bytes of the right length, and written again. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

export { bytesToHex as toHex };

export function ofHex(text: unknown, length: number): Uint8Array | null {
  if (typeof text !== "string" || text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) return null;
  return hexToBytes(text);
}

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function ofBase64(text: unknown, length?: number): Uint8Array | null {
  if (typeof text !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return length === undefined || bytes.length === length ? bytes : null;
}

/** An object's members as they came; none for anything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
