/**
 * What is taken from the machine: node:crypto (`node.ts`) on servers, in the chaincode and in the verifier, WebCrypto
 * (`web.ts`) on the voter's page. Both are given the same edge cases in tests. Hashes, HMAC and HKDF are @noble/hashes
 * everywhere, so that they need no promise.
 *
 * Secret keys are 32 bytes: the seed of RFC 8032 for Ed25519, the scalar before clamping of RFC 7748 for X25519.
 */
import { hexToBytes } from "@noble/hashes/utils.js";

export interface Primitives {
  ed25519PublicKey(secret: Uint8Array): Promise<Uint8Array>;
  ed25519Sign(secret: Uint8Array, message: Uint8Array): Promise<Uint8Array>;
  /** Called only by `signedBy`, which first refuses keys and signatures that libraries judge differently. */
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  x25519PublicKey(secret: Uint8Array): Promise<Uint8Array>;
  /** The shared secret; null where the machine refuses the public key. Called only by `hpke.ts`. */
  x25519(secret: Uint8Array, publicKey: Uint8Array): Promise<Uint8Array | null>;
  /** AES-256-GCM: ciphertext and the tag of 16 bytes behind it. */
  aesGcmSeal(
    key: Uint8Array,
    nonce: Uint8Array,
    additional: Uint8Array,
    plaintext: Uint8Array,
  ): Promise<Uint8Array>;
  /** Null where the tag does not fit. */
  aesGcmOpen(
    key: Uint8Array,
    nonce: Uint8Array,
    additional: Uint8Array,
    sealed: Uint8Array,
  ): Promise<Uint8Array | null>;
}

export const AES_TAG = 16;

/** What stands before the 32 bytes of a key in PKCS #8 (RFC 8410). */
export const pkcs8 = {
  ed25519: hexToBytes("302e020100300506032b657004220420"),
  x25519: hexToBytes("302e020100300506032b656e04220420"),
};
