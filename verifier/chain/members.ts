/** Certificates in the evidence: whose they are, and what they say of their holder. */
import { z } from "zod";
import type { Identity } from "../../ledger/evidence/types";
import { certificateAttributes } from "../../protocol/primitives";
import type { Certificate } from "../machine/machine";
import { machine } from "../machine/this";
import { type ChannelOrganisation, isIssuedByOne } from "./configuration";

/** Somebody whose certificate an organisation of the channel has issued. */
export interface Member {
  readonly mspId: string;
  readonly certificate: Certificate;
  /** Organisational units: `peer`, `orderer`, `client`, `admin`. */
  readonly units: ReadonlySet<string>;
  readonly role: string | undefined;
  readonly municipality: string | undefined;
  readonly person: string | undefined;
}

/** Members by their certificates, each read once. */
export class Members {
  readonly #known = new Map<string, Member | null>();

  constructor(private readonly organisations: ReadonlyMap<string, ChannelOrganisation>) {}

  /** Null for a certificate that no organisation of the channel has issued. */
  async find(identity: Identity): Promise<Member | null> {
    const name = Buffer.from(identity.bytes).toString("latin1");
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const read = await this.#read(identity);
    this.#known.set(name, read);
    return read;
  }

  async #read({ mspId, certificatePem }: Identity): Promise<Member | null> {
    const issuers = this.organisations.get(mspId)?.issuers ?? [];
    try {
      const certificate = machine.readCertificate(certificatePem);
      if (certificate.isAuthority || !(await isIssuedByOne(certificate, issuers))) return null;
      const attributes = attributesOf(certificate);
      return {
        ...{ mspId, certificate, units: certificate.units },
        role: attributes[certificateAttributes.role],
        municipality: attributes[certificateAttributes.municipality],
        person: attributes[certificateAttributes.person],
      };
    } catch {
      return null;
    }
  }
}

/** Fabric CA's extension 1.2.3.4.5.6.7.8.1: JSON `{ attrs: { name: value } }`. */
function attributesOf({ der }: Certificate): Record<string, string> {
  const raw = Buffer.from(der);
  const start = raw.indexOf(Buffer.from('{"attrs":'));
  if (start < 0) return {};
  const text = raw.toString("utf8", start);
  const end = text.indexOf("}}");
  return end < 0 ? {} : Attributes.parse(JSON.parse(text.slice(0, end + 2))).attrs;
}

const Attributes = z.object({ attrs: z.record(z.string(), z.string()) });
