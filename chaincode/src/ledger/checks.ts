import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Checks } from "../domain/checks";

/** SPKI header of an Ed25519 public key (RFC 8410); the 32 bytes of the key follow. */
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Digests and signatures by node:crypto. Signatures are checked off the main thread, so a batch uses every core. */
export const nodeChecks: Checks = {
  sha256: (text) => createHash("sha256").update(text, "utf8").digest("hex"),

  p256Signed: (publicKey, bytes, signature) => {
    const key = readKey(() =>
      createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" }),
    );
    if (key?.asymmetricKeyDetails?.namedCurve !== "prime256v1") return Promise.resolve(false);
    return isSigned("sha256", bytes, key, Buffer.from(signature, "base64"));
  },

  ed25519Signed: (publicKey, bytes, signature) => {
    const der = Buffer.concat([ED25519_SPKI, Buffer.from(publicKey, "hex")]);
    const key = readKey(() => createPublicKey({ key: der, format: "der", type: "spki" }));
    if (!key) return Promise.resolve(false);
    return isSigned(null, bytes, key, Buffer.from(signature, "hex"));
  },
};

function readKey(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A signature that cannot even be read is no signature. */
function isSigned(
  algorithm: string | null,
  bytes: Uint8Array,
  key: KeyObject,
  signature: Buffer,
): Promise<boolean> {
  return new Promise((resolve) => {
    verify(algorithm, bytes, key, signature, (error, valid) => resolve(!error && valid));
  });
}
