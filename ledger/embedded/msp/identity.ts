import { createHash, type KeyObject, X509Certificate } from "node:crypto";
import { msp } from "@hyperledger/fabric-protos";
import { decodeSound } from "../../evidence/protobuf/decode";
import { serializedIdentity } from "../../evidence/protobuf/messages";
import { halfOrderOf, verifyLowS, verifyLowSAside } from "./signature";

/** The organisational units that Fabric's NodeOUs give a meaning to. */
export const nodeRoles = ["client", "peer", "admin", "orderer"] as const;
export type NodeRole = (typeof nodeRoles)[number];

/** What an organisation trusts: its root and which of the certificates it issued are revoked. */
export interface Organisation {
  readonly mspId: string;
  readonly rootCertificate: X509Certificate;
  isRevoked(serialNumber: string): boolean;
}

/** A member of an organisation, its certificate parsed once. */
export interface Identity {
  readonly mspId: string;
  readonly certificate: X509Certificate;
  readonly publicKey: KeyObject;
  readonly role: NodeRole;
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
  /** SHA-256 of the certificate, hexadecimal: two serialisations of one certificate are one identity. */
  readonly fingerprint: string;
}

/** A creator that names no organisation of the channel, or whose certificate cannot be read or is not of its CA. */
export class MalformedIdentityError extends Error {
  override readonly name = "MalformedIdentityError";
}

/** A creator of a known organisation that the organisation does not vouch for (or no longer). */
export class InvalidIdentityError extends Error {
  override readonly name = "InvalidIdentityError";
  constructor(
    readonly mspId: string,
    message: string,
  ) {
    super(message);
  }
}

type Remembered = { identity: Identity } | { error: MalformedIdentityError | InvalidIdentityError };

/** Certificates remembered at most; the oldest leave first. */
const capacity = 20_000;
/** Certificates take one or two thousand bytes: what is longer is none, and would fill the memory. */
const longestIdentity = 16_384;
/** Only what a certificate of the ledger may take is remembered: 20,000 of the longest would be 300 MB. */
const longestRemembered = 4_096;

/**
 * Turns serialised identities into members, as the MSPs of a channel do (`msp/mspimplvalidate.go`): chain to
 * the organisation's root, exactly one NodeOU, not revoked. Expiry is not looked at here, as in Fabric, since
 * it must not change whether a transaction of the past is valid: those who admit new messages ask `isExpired`.
 */
export class IdentityDirectory {
  readonly #organisations: Map<string, Organisation>;
  readonly #remembered = new Map<string, Remembered>();

  constructor(organisations: Iterable<Organisation>) {
    this.#organisations = new Map([...organisations].map((one) => [one.mspId, one]));
  }

  get mspIds(): string[] {
    return [...this.#organisations.keys()];
  }

  /**
   * @param creator a serialised `msp.SerializedIdentity`
   * @throws MalformedIdentityError if it is none, names an unknown organisation or holds no certificate of its CA
   * @throws InvalidIdentityError if the organisation does not vouch for the certificate
   */
  find(creator: Uint8Array): Identity {
    if (creator.length > longestIdentity)
      throw new MalformedIdentityError(`an identity of ${creator.length} bytes is none`);
    const key = Buffer.from(creator.buffer, creator.byteOffset, creator.byteLength).toString("latin1");
    let found = this.#remembered.get(key);
    if (!found) {
      found = this.#read(creator);
      if (this.#remembered.size >= capacity) {
        const [oldest] = this.#remembered.keys();
        if (oldest !== undefined) this.#remembered.delete(oldest);
      }
      if (creator.length <= longestRemembered) this.#remembered.set(key, found);
    }
    if ("error" in found) throw found.error;
    const { identity } = found;
    if (!this.vouchesFor(identity))
      throw new InvalidIdentityError(identity.mspId, "The certificate has been revoked");
    return identity;
  }

  /** Whether its organisation still stands behind an identity that was found before. */
  vouchesFor({ mspId, certificate }: Identity): boolean {
    return this.#organisations.get(mspId)?.isRevoked(certificate.serialNumber) === false;
  }

  /** The same, undefined for one that is no member's. */
  findIfValid(creator: Uint8Array): Identity | undefined {
    try {
      return this.find(creator);
    } catch {
      return undefined;
    }
  }

  #read(creator: Uint8Array): Remembered {
    try {
      return { identity: this.#parse(creator) };
    } catch (error) {
      if (error instanceof MalformedIdentityError || error instanceof InvalidIdentityError) return { error };
      return { error: new MalformedIdentityError(String(error)) };
    }
  }

  #parse(creator: Uint8Array): Identity {
    // The chaincode's shim reads it too, with google-protobuf.
    const { mspid: mspId, idBytes } = decodeSound(serializedIdentity, creator);
    const organisation = this.#organisations.get(mspId);
    if (!organisation) throw new MalformedIdentityError(`MSP ${mspId} is unknown`);
    const certificate = new X509Certificate(idBytes);
    const { publicKey } = certificate;
    if (!halfOrderOf(publicKey))
      throw new InvalidIdentityError(mspId, "the key is neither on P-256 nor on P-384");
    const root = organisation.rootCertificate;
    // Fabric cannot even read a certificate that does not chain (`sanitizeCert`), and so calls it malformed.
    if (!certificate.checkIssued(root) || !certificate.verify(root.publicKey))
      throw new MalformedIdentityError("could not obtain certification chain");
    if (certificate.ca) throw new InvalidIdentityError(mspId, "a CA certificate cannot act as an identity");
    return {
      mspId,
      certificate,
      publicKey,
      role: nodeRoleOf(mspId, certificate),
      notAfter: certificate.validToDate.getTime(),
      fingerprint: createHash("sha256").update(certificate.raw).digest("hex"),
    };
  }
}

/** True once the certificate's last moment has passed. */
export function isExpired(identity: Identity, now = Date.now()): boolean {
  return now > identity.notAfter;
}

/** True if `signature` is this identity's over `message`. */
export function signedBy(identity: Identity, message: Uint8Array, signature: Uint8Array): boolean {
  return verifyLowS(identity.publicKey, message, signature);
}

/** The same, on another thread: requests come in bursts, and all cores check them. */
export function signedByAside(
  identity: Identity,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return verifyLowSAside(identity.publicKey, message, signature);
}

/** Serialises an identity as every Fabric message carries it. */
export function serialiseIdentity(mspId: string, certificatePem: string): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certificatePem));
  return identity.serializeBinary();
}

function nodeRoleOf(mspId: string, certificate: X509Certificate): NodeRole {
  const units = certificate.subject
    .split("\n")
    .filter((line) => line.startsWith("OU="))
    .map((line) => line.slice(3));
  const roles = nodeRoles.filter((role) => units.includes(role));
  const [role] = roles;
  if (role === undefined)
    throw new InvalidIdentityError(
      mspId,
      "the identity does not have an OU that resolves to client, peer, orderer, or admin role",
    );
  if (roles.length > 1)
    throw new InvalidIdentityError(
      mspId,
      "the identity must have a client, a peer, an orderer, or an admin OU role to be valid, not a combination",
    );
  return role;
}
