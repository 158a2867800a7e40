import { X509Certificate } from "node:crypto";
import type { DataFolder, OrganisationKeys } from "../data/folder";
import type { Organisation } from "../msp/identity";
import { CertificateAuthority } from "./authority";
import { CaRegistry } from "./registry";
import { CaService } from "./service";

/** One organisation: its CA and what its MSP trusts, which the CA's revocations change at once. */
export interface OrganisationCa {
  readonly keys: OrganisationKeys;
  readonly organisation: Organisation;
  readonly service: CaService;
}

export interface OrganisationCaOptions {
  readonly profiles: Readonly<Record<string, number>>;
  readonly onRevocation: (mspId: string, revocationListPem: string) => Promise<void>;
}

/** Opens the CAs of all organisations and registers, the first time, the registrar of each. */
export async function openOrganisationCas(
  folder: DataFolder,
  options: OrganisationCaOptions,
): Promise<OrganisationCa[]> {
  const opened: OrganisationCa[] = [];
  for (const keys of folder.organisations) {
    const { mspId, caName: name } = keys.description;
    const registry = await CaRegistry.open(folder.caLevel, mspId);
    const authority = await CertificateAuthority.open(keys.ca.certificatePem, keys.ca.privateKeyPem);
    const service = new CaService(authority, registry, { ...options, name, mspId });
    if (!(await registry.identity(keys.registrar.enrolmentId))) await registerRegistrar(registry, keys);
    const organisation: Organisation = {
      mspId,
      rootCertificate: new X509Certificate(keys.ca.certificatePem),
      isRevoked: (serialNumber) => registry.isRevoked(serialNumber),
    };
    opened.push({ keys, organisation, service });
  }
  return opened;
}

/** Registers plain members and revokes. */
async function registerRegistrar(registry: CaRegistry, { registrar }: OrganisationKeys): Promise<void> {
  await registry.register({
    id: registrar.enrolmentId,
    secret: registrar.secret,
    type: "client",
    affiliation: "",
    maxEnrolments: -1,
    attributes: [
      { name: "hf.Registrar.Roles", value: "client" },
      { name: "hf.Revoker", value: "true" },
      { name: "hf.GenCRL", value: "true" },
    ],
  });
}
