/** Three organisations of a channel, with certificates as Fabric's CAs make them, for evidence made in tests. */
import { generateKeyPairSync, sign } from "node:crypto";
import type { Submitter } from "@/chaincode/src/acts/submitter";
import { mspOf } from "@/chaincode/testing/register";
import { CertificateAuthority, pemOf } from "@/ledger/embedded/ca/authority";
import { serialiseIdentity } from "@/ledger/embedded/msp/identity";
import { peersOutOf } from "@/ledger/embedded/msp/policy";
import { derFromRaw } from "@/ledger/embedded/msp/signature";
import { configurationEnvelope } from "@/ledger/embedded/ordering/configuration";
import type { TestSigner } from "@/ledger/evidence/envelope-fixture";
import { certificateAttributes, type Organisation } from "@/protocol/primitives";

export const channel = "cocity";

export interface MadeOrganisation {
  readonly mspId: string;
  readonly authority: CertificateAuthority;
  readonly rootPem: string;
  readonly peer: TestSigner;
  readonly orderer: TestSigner;
}

export class MadeOrganisations {
  readonly #senders = new Map<string, Promise<TestSigner>>();

  private constructor(readonly parts: Readonly<Record<Organisation, MadeOrganisation>>) {}

  static async make(msps: Readonly<Record<Organisation, string>> = mspOf): Promise<MadeOrganisations> {
    const [Comune, Case, Garanti] = await Promise.all(
      (["Comune", "Case", "Garanti"] as const).map((part) => organisation(msps[part])),
    );
    return new MadeOrganisations({ Comune, Case, Garanti } as Record<Organisation, MadeOrganisation>);
  }

  get all(): MadeOrganisation[] {
    return Object.values(this.parts);
  }

  /** The certificate and key of whoever sends transactions; one for each. */
  sender(submitter: Submitter): Promise<TestSigner> {
    const name = JSON.stringify(submitter);
    const known = this.#senders.get(name) ?? this.#newSender(submitter);
    this.#senders.set(name, known);
    return known;
  }

  #newSender({ mspId, role, municipality, person }: Submitter): Promise<TestSigner> {
    const own = this.all.find((one) => one.mspId === mspId);
    if (!own) throw new Error(`no organisation ${mspId}`);
    return signer(own.mspId, own.authority, "client", {
      [certificateAttributes.role]: role,
      [certificateAttributes.municipality]: municipality,
      [certificateAttributes.person]: person,
    });
  }

  /** The envelope of a configuration block. */
  configuration(roots: readonly string[] = this.all.map(({ rootPem }) => rootPem)): Uint8Array {
    const { orderer, mspId } = this.parts.Comune;
    return configurationEnvelope(
      {
        ...{ channel, sequence: 0, ordererMspId: mspId },
        organisations: this.all.map((one, index) => ({
          ...{ mspId: one.mspId, rootPem: roots[index] ?? one.rootPem, revocationLists: [] },
        })),
        tlsRootPem: this.parts.Comune.rootPem,
        endorsement: peersOutOf(
          2,
          this.all.map((one) => one.mspId),
        ),
        limits: { count: 100, bytes: 1_000_000, timeoutMs: 100 },
      },
      {
        creator: orderer.identity,
        sign: (message: Uint8Array) => Buffer.from(orderer.sign(message)),
      } as never,
    );
  }
}

async function organisation(mspId: string): Promise<MadeOrganisation> {
  const { certificatePem, privateKeyPem } = await CertificateAuthority.create(`ca.${mspId}`, mspId);
  const authority = await CertificateAuthority.open(certificatePem, privateKeyPem);
  const [peer, orderer] = await Promise.all([
    signer(mspId, authority, "peer"),
    signer(mspId, authority, "orderer"),
  ]);
  return { mspId, authority, rootPem: certificatePem, peer, orderer };
}

/** Somebody whose certificate an authority issues. */
export async function signer(
  mspId: string,
  authority: CertificateAuthority,
  unit: string,
  attributes?: Record<string, string>,
): Promise<TestSigner> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ format: "der", type: "spki" });
  const certificate = await authority.issue({
    subject: { commonName: unit, organisationalUnits: [unit] },
    publicKey: await crypto.subtle.importKey("spki", spki, { name: "ECDSA", namedCurve: "P-256" }, true, [
      "verify",
    ]),
    lifetimeSeconds: 86_400,
    ...(attributes ? { attributes } : {}),
  });
  return {
    identity: serialiseIdentity(mspId, pemOf(certificate)),
    publicKey,
    sign: (message) => derFromRaw(sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" })),
  };
}
