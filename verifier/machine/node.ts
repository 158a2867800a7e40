/** The checks' cryptography by node:crypto, which is OpenSSL. */
import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from "node:crypto";
import { nodePrimitives } from "../../voting/sealed/node";
import { pssKeyOf } from "../../voting/sealed/pss-key";
import type { Certificate, Machine } from "./machine";

class NodeCertificate implements Certificate {
  readonly #read: X509Certificate;

  constructor(pem: Uint8Array | string) {
    this.#read = new X509Certificate(pem);
  }

  get der(): Uint8Array {
    return this.#read.raw;
  }

  get fingerprint(): string {
    return this.#read.fingerprint256.replaceAll(":", "").toLowerCase();
  }

  get units(): ReadonlySet<string> {
    const lines = this.#read.subject.split("\n").filter((line) => line.startsWith("OU="));
    return new Set(lines.map((line) => line.slice(3)));
  }

  get isAuthority(): boolean {
    return this.#read.ca;
  }

  async isIssuedBy(issuer: Certificate): Promise<boolean> {
    const other = (issuer as NodeCertificate).#read;
    return this.#read.checkIssued(other) && this.#read.verify(other.publicKey);
  }

  async hasSigned(message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    return verified("sha256", message, this.#read.publicKey, signature);
  }
}

export const nodeMachine: Machine = {
  primitives: nodePrimitives,
  sha256: (data) => createHash("sha256").update(data).digest("hex"),
  readCertificate: (pem) => new NodeCertificate(pem),
  isSigned: async (spki, signing, message, signature) => {
    try {
      const key = createPublicKey({ key: Buffer.from(spki, "base64"), format: "der", type: "spki" });
      return verified(signing === "ed25519" ? null : "sha256", message, key, signature);
    } catch {
      return false;
    }
  },
  isPssSigned: async (key, message, signature) => verified("sha384", message, pssKeyOf(key), signature),
};

function verified(
  digest: string | null,
  message: Uint8Array,
  key: KeyObject | ReturnType<typeof pssKeyOf>,
  signature: Uint8Array,
): boolean {
  try {
    return verify(digest, message, key, signature);
  } catch {
    return false;
  }
}
