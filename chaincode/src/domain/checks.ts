import type { CoseAlgorithm } from "../../../protocol/primitives";
import type { CredentialCheck } from "../../../voting/sealed/credentials";
import type { Primitives } from "../../../voting/sealed/primitives";

/** Digests and signatures, given to the rules from outside. All are deterministic. */
export interface Checks {
  /** SHA-256 of the UTF-8 bytes of a text, lower-case hexadecimal. */
  sha256(text: string): string;
  /** SHA-256 of bytes, lower-case hexadecimal. */
  digest(bytes: Uint8Array): string;
  /**
   * What a public key (SPKI DER, base64) signs with: `undefined` unless it is P-256, Ed25519 of full order, or RSA of
   * 2048 to 4096 bits, in its one encoding.
   */
  keyAlgorithm(spki: string): CoseAlgorithm | undefined;
  /** Whether a signature over bytes is by a key: DER for ES256, raw for the others. At once: there is one an act. */
  signed(key: { spki: string; algorithm: CoseAlgorithm }, bytes: Uint8Array, signature: Uint8Array): boolean;
  /** Whether a DER ECDSA-SHA256 signature (base64) over bytes is by a P-256 key (SPKI DER, base64). */
  p256Signed(publicKey: string, bytes: Uint8Array, signature: string): Promise<boolean>;
  /** Whether an Ed25519 signature (hexadecimal) over bytes is by a key (32 bytes, hexadecimal). */
  ed25519Signed(publicKey: string, bytes: Uint8Array, signature: string): Promise<boolean>;
  /** What sealed ballots are checked with. */
  primitives: Primitives;
  /** Gives the verdict of `areCredentials`. */
  areCredentials: CredentialCheck;
}
