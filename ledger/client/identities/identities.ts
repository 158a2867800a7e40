import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import type { ProgramRole } from "../../../protocol/acts/roles";
import { certificateAttributes, mspIds, type Organisation } from "../../../protocol/primitives";
import { CaClient, type KeyPair, revokedSerials } from "../ca-client";
import { type Connection, type ConnectionOrganisation, readRegistrar } from "../connection";
import type { Signatory } from "../gateway";
import { newKeyAndRequest } from "../key-pair";
import type { Certificates, KeptCertificate } from "./certificates";

/** In what name a service signs. People have no certificates: they sign acts, which a service carries. */
export interface Holder {
  /** What the service is called: `cocity.person`. */
  readonly person: string;
  readonly organisation: Organisation;
  /** `reader` may look at the ledger and nothing else: its certificate has no attribute the chaincode knows. */
  readonly role: ProgramRole | "reader";
  /** ISTAT code. */
  readonly municipality: string;
}

type Opened = { readonly signatory: Signatory; readonly validUntil: number };

/** A certificate is renewed when it has less than this left. */
const renewBeforeMs = 24 * 3600 * 1000;

/**
 * Certificates of services, enrolled at the CA of their organisation when they are first needed and kept, the keys
 * encrypted. One for each process: it remembers what it has opened.
 */
export class Identities {
  readonly #opened = new Map<string, { opening: Promise<Opened>; validUntil: number }>();
  readonly #registrars = new Map<string, Promise<KeyPair>>();

  constructor(
    private readonly certificates: Certificates,
    private readonly connection: Connection,
  ) {}

  /**
   * The certificate and key of a holder, enrolled now if there is none.
   * @throws CaError when the CA refuses or cannot be asked
   */
  signatory(holder: Holder): Promise<Opened> {
    const name = nameOf(holder);
    const known = this.#opened.get(name);
    if (known && known.validUntil > Date.now() + renewBeforeMs) return known.opening;
    const entry = { opening: this.#open(holder), validUntil: Number.POSITIVE_INFINITY };
    this.#opened.set(name, entry);
    entry.opening.then(
      ({ validUntil }) => {
        entry.validUntil = validUntil;
      },
      () => this.#opened.delete(name),
    );
    return entry.opening;
  }

  /**
   * The ledger no longer takes a holder's certificate. Where its CA has revoked it the next one is a new one; otherwise
   * it is asked for again.
   * @throws CaError when the CA cannot be asked
   */
  async refused(holder: Holder): Promise<void> {
    this.#opened.delete(nameOf(holder));
    const row = await this.#find(holder);
    if (!row) return;
    const organisation = this.#organisation(holder);
    const registrar = await this.#registrar(organisation);
    const revoked = revokedSerials(await new CaClient(organisation.ca).revocationList(registrar));
    if (!revoked.has(new X509Certificate(row.certificatePem).serialNumber.toLowerCase())) return;
    await this.certificates.revoke(row.id, new Date());
  }

  async #open(holder: Holder): Promise<Opened> {
    const row = (await this.#find(holder)) ?? (await this.#enrol(holder));
    return {
      validUntil: row.validUntil.getTime(),
      signatory: {
        mspId: mspIds[holder.organisation],
        certificatePem: row.certificatePem,
        key: createPrivateKey({ key: Buffer.from(row.key), format: "der", type: "pkcs8" }),
      },
    };
  }

  #find(holder: Holder): Promise<KeptCertificate | undefined> {
    return this.certificates.find(holder, new Date(Date.now() + renewBeforeMs));
  }

  async #enrol(holder: Holder): Promise<KeptCertificate> {
    const organisation = this.#organisation(holder);
    const registrar = await this.#registrar(organisation);
    const ca = new CaClient(organisation.ca);
    const enrolmentId = randomBytes(16).toString("hex");
    const { csrPem, privateKeyPem } = await newKeyAndRequest(enrolmentId);
    const secret = await ca.register(registrar, {
      enrolmentId,
      type: "client",
      attributes: attributesOf(holder),
    });
    const { certificatePem } = await ca.enrol({ enrolmentId, secret, csrPem });
    return this.certificates.add(holder, enrolmentId, {
      certificatePem,
      key: derOf(privateKeyPem),
      validUntil: new Date(new X509Certificate(certificatePem).validTo),
    });
  }

  #organisation(holder: Holder): ConnectionOrganisation {
    const mspId = mspIds[holder.organisation];
    const found = this.connection.organisations.find((organisation) => organisation.mspId === mspId);
    if (!found) throw new Error(`the ledger's connection does not name ${mspId}`);
    return found;
  }

  #registrar(organisation: ConnectionOrganisation): Promise<KeyPair> {
    const known = this.#registrars.get(organisation.mspId);
    if (known) return known;
    const enrolling = enrolRegistrar(organisation);
    this.#registrars.set(organisation.mspId, enrolling);
    enrolling.catch(() => this.#registrars.delete(organisation.mspId));
    return enrolling;
  }
}

/** The registrar's own certificate lives as long as the process: its secret enrols any number of times. */
async function enrolRegistrar(organisation: ConnectionOrganisation): Promise<KeyPair> {
  const { enrolmentId, secret } = await readRegistrar(organisation);
  const { csrPem, privateKeyPem } = await newKeyAndRequest(enrolmentId);
  const { certificatePem } = await new CaClient(organisation.ca).enrol({ enrolmentId, secret, csrPem });
  return { certificatePem, privateKeyPem };
}

function attributesOf({ role, municipality, person }: Holder): Record<string, string> {
  if (role === "reader") return {};
  return {
    [certificateAttributes.role]: role,
    [certificateAttributes.municipality]: municipality,
    [certificateAttributes.person]: person,
  };
}

function nameOf({ person, organisation, role, municipality }: Holder): string {
  return [person, organisation, role, municipality].join(" ");
}

function derOf(privateKeyPem: string): Uint8Array {
  return createPrivateKey(privateKeyPem).export({ format: "der", type: "pkcs8" });
}
