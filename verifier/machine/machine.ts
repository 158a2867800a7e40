/**
 * What the checks take from the machine they run on. `node.ts` is node:crypto, `web.ts` a browser's WebCrypto; `this.ts`
 * is the one of Node, in whose place a bundle for browsers has the other.
 */
import type { RsaKey } from "../../voting/sealed/blind-signature";
import type { Primitives } from "../../voting/sealed/primitives";

/** An X.509 certificate. */
export interface Certificate {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  /** Organisational units of its subject. */
  readonly units: ReadonlySet<string>;
  /** Whether it may issue others. */
  readonly isAuthority: boolean;
  /** Whether the other one names and signs it as its issuer; dates are not looked at. */
  isIssuedBy(issuer: Certificate): Promise<boolean>;
  /** Whether its key has signed, with SHA-256. */
  hasSigned(message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

/** Ed25519, or with SHA-256: what a key's own kind is. */
export type Signing = "ed25519" | "sha256";

export interface Machine {
  readonly primitives: Primitives;
  /** Hexadecimal; of text its UTF-8. */
  sha256(data: string | Uint8Array): string;
  /** @param pem as bytes of its text. @throws what cannot be read */
  readCertificate(pem: Uint8Array | string): Certificate;
  /** @param spki DER in base64; ECDSA signatures are DER */
  isSigned(spki: string, signing: Signing, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** RSASSA-PSS with SHA-384 and an empty salt: the verdict of `isBlindSigned`, many times sooner. */
  isPssSigned(key: RsaKey, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
