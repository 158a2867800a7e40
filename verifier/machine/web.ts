/** The checks' cryptography by WebCrypto, for the reader's browser. */
import "reflect-metadata";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from "@peculiar/x509";
import type { RsaKey } from "../../voting/sealed/blind-signature";
import { toBytes } from "../../voting/sealed/modular";
import { webPrimitives } from "../../voting/sealed/web";
import { rawSignature } from "./ecdsa-signature";
import type { Certificate, Machine } from "./machine";

type Algorithm = { readonly name: string; readonly namedCurve?: string; readonly hash?: string };

const ecdsa = (namedCurve: string): Algorithm => ({ name: "ECDSA", namedCurve, hash: "SHA-256" });
const pkcs1: Algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
/** Bytes of a number below the order of a curve. */
const scalars: Readonly<Record<string, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 };

class WebCertificate implements Certificate {
  readonly #read: X509Certificate;
  readonly der: Uint8Array;

  constructor(pem: Uint8Array | string) {
    this.#read = new X509Certificate(typeof pem === "string" ? pem : new TextDecoder().decode(pem));
    this.der = new Uint8Array(this.#read.rawData);
  }

  get fingerprint(): string {
    return bytesToHex(sha256(this.der));
  }

  get units(): ReadonlySet<string> {
    return new Set(this.#read.subjectName.getField("OU"));
  }

  get isAuthority(): boolean {
    return this.#read.getExtension(BasicConstraintsExtension)?.ca === true && this.#maySignCertificates();
  }

  async isIssuedBy(issuer: Certificate): Promise<boolean> {
    const other = issuer as WebCertificate;
    const named = this.#read.getExtension(AuthorityKeyIdentifierExtension)?.keyId;
    const own = other.#read.getExtension(SubjectKeyIdentifierExtension)?.keyId;
    const isNamed = this.#read.issuer === other.#read.subject && (!named || !own || named === own);
    if (!isNamed || !other.#maySignCertificates()) return false;
    const publicKey = other.#read.publicKey;
    return this.#read.verify({ publicKey, signatureOnly: true }, globalThis.crypto).catch(() => false);
  }

  async hasSigned(message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    const { algorithm, rawData } = this.#read.publicKey;
    const { namedCurve } = algorithm as { namedCurve?: string };
    const isElliptic = algorithm.name === "ECDSA" && namedCurve !== undefined;
    if (!isElliptic && !algorithm.name.startsWith("RSA")) return false;
    return verified(isElliptic ? ecdsa(namedCurve) : pkcs1, new Uint8Array(rawData), message, signature);
  }

  #maySignCertificates(): boolean {
    const usage = this.#read.getExtension(KeyUsagesExtension);
    return !usage || (usage.usages & KeyUsageFlags.keyCertSign) !== 0;
  }
}

export const webMachine: Machine = {
  primitives: webPrimitives,
  sha256: (data) => bytesToHex(sha256(typeof data === "string" ? utf8ToBytes(data) : data)),
  readCertificate: (pem) => new WebCertificate(pem),
  isSigned: async (spki, signing, message, signature) => {
    const key = Uint8Array.from(Buffer.from(spki, "base64"));
    const algorithm = algorithmOf(key);
    if (!algorithm || (signing === "ed25519") !== (algorithm.name === "Ed25519")) return false;
    return verified(algorithm, key, message, signature);
  },
  isPssSigned: async (key, message, signature) => {
    try {
      const algorithm = { name: "RSA-PSS", saltLength: 0 };
      return await subtle().verify(algorithm, await pssKeyOf(key), own(signature), own(message));
    } catch {
      return false;
    }
  },
};

/** Object identifiers of keys in SPKI, by their DER. */
const kinds: readonly (readonly [string, Algorithm])[] = [
  ["06032b6570", { name: "Ed25519" }],
  ["06082a8648ce3d030107", ecdsa("P-256")],
  ["06052b81040022", ecdsa("P-384")],
  ["06092a864886f70d010101", pkcs1],
];

function algorithmOf(spki: Uint8Array): Algorithm | undefined {
  const start = bytesToHex(spki.subarray(0, 32));
  return kinds.find(([identifier]) => start.includes(identifier))?.[1];
}

async function verified(
  algorithm: Algorithm,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    const length = algorithm.namedCurve && scalars[algorithm.namedCurve];
    const raw = length ? rawSignature(signature, length) : signature;
    if (!raw) return false;
    const key = await keyOf(algorithm, spki);
    return await subtle().verify(algorithm, key, own(raw), own(message));
  } catch {
    return false;
  }
}

/** Peers and orderers sign again and again: importing a key costs more than using it. */
const kept = new Map<string, Promise<CryptoKey>>();
const MOST_KEPT = 200;

function keyOf(algorithm: Algorithm, spki: Uint8Array): Promise<CryptoKey> {
  const name = bytesToHex(spki);
  const known = kept.get(name);
  if (known) return known;
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  const key = subtle().importKey("spki", own(spki), algorithm, false, ["verify"]);
  kept.set(name, key);
  return key;
}

const pssKeys = new WeakMap<RsaKey, Promise<CryptoKey>>();

function pssKeyOf(key: RsaKey): Promise<CryptoKey> {
  const known = pssKeys.get(key);
  if (known) return known;
  const n = Buffer.from(toBytes(key.modulus, key.length)).toString("base64");
  const url = n.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const jwk = { kty: "RSA", n: url, e: "AQAB", alg: "PS384", ext: true };
  const made = subtle().importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, false, ["verify"]);
  pssKeys.set(key, made);
  return made;
}

function subtle(): SubtleCrypto {
  return globalThis.crypto.subtle;
}

/** WebCrypto takes no view of memory that may be shared. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
