/** Digests and signatures, given to the rules from outside. All are deterministic. */
export interface Checks {
  /** SHA-256 of the UTF-8 bytes of a text, lower-case hexadecimal. */
  sha256(text: string): string;
  /** Whether a DER ECDSA-SHA256 signature (base64) over bytes is by a P-256 key (SPKI DER, base64). */
  p256Signed(publicKey: string, bytes: Uint8Array, signature: string): Promise<boolean>;
  /** Whether an Ed25519 signature (hexadecimal) over bytes is by a key (32 bytes, hexadecimal). */
  ed25519Signed(publicKey: string, bytes: Uint8Array, signature: string): Promise<boolean>;
}
