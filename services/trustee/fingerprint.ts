/** What is read out at a ceremony, so that everybody sees that the key on the ledger is the trustee's. */
import { createHash } from "node:crypto";

/** The first 32 hexadecimal digits of SHA-256 of the key, in groups of four. */
export function fingerprint(publicKey: Uint8Array): string {
  const digits = createHash("sha256").update(publicKey).digest("hex").slice(0, 32);
  return digits.replace(/(.{4})(?=.)/g, "$1 ");
}
