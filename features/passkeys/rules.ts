/** The code of a passkey, computed alike in browsers and on the server, and as people read it out. */
import { type PasskeyFacts, passkeyCodeText } from "@/protocol/acts/passkey-code";

export type { PasskeyFacts };

/** SHA-256 of `passkeyCodeText`, lower-case hexadecimal: what both confirmations sign. */
export async function passkeyCode(facts: PasskeyFacts): Promise<string> {
  return sha256(new TextEncoder().encode(passkeyCodeText(facts)));
}

/** SHA-256 of a credential id's bytes, lower-case hexadecimal: the key's id in the register. */
export async function passkeyIdOf(credential: Uint8Array<ArrayBuffer>): Promise<string> {
  return sha256(credential);
}

/**
 * The code as it is read out: eight groups of five digits, each four bytes of the code modulo 100,000. Together they
 * carry 132 bits, so that no second key with the same digits can be made. Signal's safety numbers are grouped likewise.
 */
export function codeGroups(code: string): string[] {
  return (code.match(/.{8}/g) ?? []).map((word) =>
    String(Number.parseInt(word, 16) % 100_000).padStart(5, "0"),
  );
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
