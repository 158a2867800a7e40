/** Primitives by WebCrypto, in every browser since 2025 (Curve25519: Chromium 137, Firefox 130, Safari 17). */
import { concat } from "./bytes";
import { type Primitives, pkcs8 } from "./primitives";

export const webPrimitives: Primitives = {
  ed25519PublicKey: (secret) => publicKeyOf("Ed25519", secret),
  ed25519Sign: async (secret, message) =>
    new Uint8Array(await subtle().sign("Ed25519", await secretKey("Ed25519", secret), own(message))),
  ed25519Verify: async (publicKey, message, signature) => {
    try {
      const key = await subtle().importKey("raw", own(publicKey), "Ed25519", false, ["verify"]);
      return await subtle().verify("Ed25519", key, own(signature), own(message));
    } catch {
      return false;
    }
  },
  x25519PublicKey: (secret) => publicKeyOf("X25519", secret),
  x25519: async (secret, publicKey) => {
    try {
      const theirs = await subtle().importKey("raw", own(publicKey), "X25519", false, []);
      const ours = await secretKey("X25519", secret);
      return new Uint8Array(await subtle().deriveBits({ name: "X25519", public: theirs }, ours, 256));
    } catch {
      return null;
    }
  },
  aesGcmSeal: async (key, nonce, additional, plaintext) =>
    new Uint8Array(
      await subtle().encrypt(gcm(nonce, additional), await aesKey(key, "encrypt"), own(plaintext)),
    ),
  aesGcmOpen: async (key, nonce, additional, sealed) => {
    try {
      return new Uint8Array(
        await subtle().decrypt(gcm(nonce, additional), await aesKey(key, "decrypt"), own(sealed)),
      );
    } catch {
      return null;
    }
  },
};

function subtle(): SubtleCrypto {
  return globalThis.crypto.subtle;
}

function gcm(nonce: Uint8Array, additional: Uint8Array): AesGcmParams {
  return { name: "AES-GCM", iv: own(nonce), additionalData: own(additional) };
}

function aesKey(key: Uint8Array, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  return subtle().importKey("raw", own(key), "AES-GCM", false, [use]);
}

/** Extractable, because the public key is read out of its JWK. */
function secretKey(name: "Ed25519" | "X25519", secret: Uint8Array): Promise<CryptoKey> {
  const curve = name === "Ed25519" ? "ed25519" : "x25519";
  const uses: KeyUsage[] = name === "Ed25519" ? ["sign"] : ["deriveBits"];
  return subtle().importKey("pkcs8", own(concat(pkcs8[curve], secret)), name, true, uses);
}

async function publicKeyOf(name: "Ed25519" | "X25519", secret: Uint8Array): Promise<Uint8Array> {
  const { x = "" } = await subtle().exportKey("jwk", await secretKey(name, secret));
  const binary = atob(x.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** WebCrypto takes no view of memory that may be shared. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
