import { generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import type { TestSigner } from "../../evidence/envelope-fixture";
import { CertificateAuthority, pemOf } from "../ca/authority";
import { Collections } from "../chaincode/collections";
import { IdentityDirectory, serialiseIdentity } from "../msp/identity";
import { parsePolicy, peersOutOf } from "../msp/policy";
import { signLowS } from "../msp/signature";
import { OwnEndorsements } from "./own-endorsements";
import type { ValidationOptions } from "./validation";

const organisations = ["ComuneMSP", "CaseMSP", "GarantiMSP"] as const;

/** A channel of three organisations with keys and certificates of their own, two of whose peers have to endorse. */
export interface TestChannel {
  readonly options: ValidationOptions;
  readonly client: TestSigner;
  /** A person of the Comune who is no peer. */
  readonly person: TestSigner;
  /** One of each organisation. */
  readonly peers: TestSigner[];
  /** Serial numbers, lower case, of certificates that no longer count. */
  readonly revoked: Set<string>;
}

export async function newSigner(of: CertificateAuthority, mspId: string, unit: string): Promise<TestSigner> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ format: "der", type: "spki" });
  const imported = await crypto.subtle.importKey("spki", spki, { name: "ECDSA", namedCurve: "P-256" }, true, [
    "verify",
  ]);
  const certificate = await of.issue({
    subject: { commonName: unit, organisationalUnits: [unit] },
    publicKey: imported,
    lifetimeSeconds: 3600,
  });
  const sign = (message: Uint8Array) => signLowS(privateKey as KeyObject, message);
  return { identity: serialiseIdentity(mspId, pemOf(certificate)), publicKey, sign };
}

export async function newChannel(): Promise<TestChannel> {
  const authorities = await Promise.all(
    organisations.map(async (mspId) => {
      const { certificatePem, privateKeyPem } = await CertificateAuthority.create("ca", mspId);
      return { mspId, ca: await CertificateAuthority.open(certificatePem, privateKeyPem), certificatePem };
    }),
  );
  const [comune] = authorities;
  if (!comune) throw new Error("there is no organisation");
  const authority = comune.ca;
  const revoked = new Set<string>();
  const client = await newSigner(authority, "ComuneMSP", "client");
  const person = await newSigner(authority, "ComuneMSP", "client");
  const peers = await Promise.all(authorities.map(({ ca, mspId }) => newSigner(ca, mspId, "peer")));
  const options: ValidationOptions = {
    channel: "commons",
    chaincode: "cocity",
    identities: new IdentityDirectory(
      authorities.map(({ mspId, certificatePem }) => ({
        mspId,
        rootCertificate: new X509Certificate(certificatePem),
        isRevoked: (serial) => revoked.has(serial.toLowerCase()),
      })),
    ),
    collections: new Collections("commons", "cocity", [
      {
        name: "bank",
        members: parsePolicy("'ComuneMSP.member'"),
        blockToLive: 0,
        memberOnlyRead: true,
        memberOnlyWrite: true,
        endorsement: parsePolicy("'CaseMSP.peer'"),
      },
    ]),
    endorsement: peersOutOf(2, organisations),
    ownEndorsements: new OwnEndorsements(),
  };
  return { options, client, person, peers, revoked };
}
