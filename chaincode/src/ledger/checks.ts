import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { coseAlgorithms } from "../../../protocol/cose-algorithms";
import type { CoseAlgorithm } from "../../../protocol/primitives";
import { nodePrimitives } from "../../../voting/sealed/node";
import { hasSmallOrder } from "../../../voting/sealed/small-order";
import type { Checks } from "../domain/checks";
import { areCredentialsByOpenssl } from "./credentials";

/** SPKI header of an Ed25519 public key (RFC 8410); the 32 bytes of the key follow. */
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Digests and signatures by node:crypto. Those of batches are checked off the main thread, so that they use every core. */
export const nodeChecks: Checks = {
  sha256: (text) => createHash("sha256").update(text, "utf8").digest("hex"),

  digest: (bytes) => createHash("sha256").update(bytes).digest("hex"),

  keyAlgorithm: (spki) => knownKey(spki)?.algorithm,

  signed: ({ spki, algorithm }, bytes, signature) => {
    const known = knownKey(spki);
    if (known?.algorithm !== algorithm) return false;
    try {
      return verify(digestOf[algorithm], bytes, known.key, signature);
    } catch {
      return false;
    }
  },

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

  primitives: nodePrimitives,

  areCredentials: areCredentialsByOpenssl,
};

/** What each algorithm hashes with; Ed25519 hashes by itself. */
const digestOf: Readonly<Record<CoseAlgorithm, string | null>> = {
  [coseAlgorithms.ES256]: "sha256",
  [coseAlgorithms.EdDSA]: null,
  [coseAlgorithms.RS256]: "sha256",
};

/** Smaller exponents make signatures that anybody can forge. */
const LEAST_EXPONENT = 65_537n;

/** Reading a key costs more than a signature; what is kept depends on nothing but the key. */
const keptKeys = new Map<string, { key: KeyObject; algorithm: CoseAlgorithm }>();
const MOST_KEPT = 1000;

function knownKey(spki: string): { key: KeyObject; algorithm: CoseAlgorithm } | undefined {
  const kept = keptKeys.get(spki);
  if (kept) return kept;
  const key = readSpki(spki);
  const algorithm = key && algorithmOf(key);
  if (!key || algorithm === undefined) return undefined;
  if (keptKeys.size >= MOST_KEPT) keptKeys.clear();
  const read = { key, algorithm };
  keptKeys.set(spki, read);
  return read;
}

/** A key in its one encoding: what else decodes to it is refused, so that it has one fingerprint. */
function readSpki(spki: string): KeyObject | undefined {
  const der = Buffer.from(spki, "base64");
  const key = readKey(() => createPublicKey({ key: der, format: "der", type: "spki" }));
  return key?.export({ format: "der", type: "spki" }).toString("base64") === spki ? key : undefined;
}

function algorithmOf(key: KeyObject): CoseAlgorithm | undefined {
  const { namedCurve, modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case "ec":
      return namedCurve === "prime256v1" ? coseAlgorithms.ES256 : undefined;
    case "ed25519":
      return hasSmallOrder(key.export({ format: "der", type: "spki" }).subarray(-32).toString("hex"))
        ? undefined
        : coseAlgorithms.EdDSA;
    case "rsa": {
      const sound = modulusLength >= 2048 && modulusLength <= 4096 && publicExponent >= LEAST_EXPONENT;
      return sound ? coseAlgorithms.RS256 : undefined;
    }
    default:
      return undefined;
  }
}

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
