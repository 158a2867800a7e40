/** Primitives by node:crypto, which is OpenSSL. */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { hexToBytes } from "@noble/hashes/utils.js";
import { concat } from "./bytes";
import { AES_TAG, type Primitives, pkcs8 } from "./primitives";

type Curve = keyof typeof pkcs8;

/** What stands before the 32 bytes of a public key in SPKI (RFC 8410). */
const spki = {
  ed25519: hexToBytes("302a300506032b6570032100"),
  x25519: hexToBytes("302a300506032b656e032100"),
};

export const nodePrimitives: Primitives = {
  ed25519PublicKey: async (secret) => publicBytes(secretKey("ed25519", secret)),
  ed25519Sign: async (secret, message) => bytesOf(sign(null, message, secretKey("ed25519", secret))),
  ed25519Verify: async (publicKey, message, signature) => {
    try {
      return verify(null, message, publicKeyOf("ed25519", publicKey), signature);
    } catch {
      return false;
    }
  },
  x25519PublicKey: async (secret) => publicBytes(secretKey("x25519", secret)),
  x25519: async (secret, publicKey) => {
    try {
      return bytesOf(
        diffieHellman({
          privateKey: secretKey("x25519", secret),
          publicKey: publicKeyOf("x25519", publicKey),
        }),
      );
    } catch {
      return null;
    }
  },
  aesGcmSeal: async (key, nonce, additional, plaintext) => {
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(additional);
    return concat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
  },
  aesGcmOpen: async (key, nonce, additional, sealed) => {
    if (sealed.length < AES_TAG) return null;
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: AES_TAG })
      .setAAD(additional)
      .setAuthTag(sealed.subarray(-AES_TAG));
    try {
      return concat(decipher.update(sealed.subarray(0, -AES_TAG)), decipher.final());
    } catch {
      return null;
    }
  },
};

/**
 * Reading a key costs more than using it, and each is used twice at least. They are kept as long as the bytes they were
 * read from, which nobody changes.
 */
const kept: Record<Curve, WeakMap<Uint8Array, KeyObject>> = { ed25519: new WeakMap(), x25519: new WeakMap() };

function secretKey(curve: Curve, secret: Uint8Array): KeyObject {
  const before = kept[curve].get(secret);
  if (before) return before;
  const der = Buffer.from(concat(pkcs8[curve], secret));
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  kept[curve].set(secret, key);
  return key;
}

function publicKeyOf(curve: Curve, publicKey: Uint8Array): KeyObject {
  const key = Buffer.from(concat(spki[curve], publicKey));
  return createPublicKey({ key, format: "der", type: "spki" });
}

function publicBytes(secret: KeyObject): Uint8Array {
  return bytesOf(createPublicKey(secret).export({ format: "der", type: "spki" })).slice(-32);
}

/** Plain bytes: a Buffer's `slice` shares its memory. */
function bytesOf(buffer: Buffer): Uint8Array {
  return Uint8Array.from(buffer);
}
