import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CaClient, type KeyPair, type Registration } from "../client/ca-client";
import { type Registrar, registrarSchema } from "../client/connection";
import { newKeyAndRequest } from "../client/key-pair";
import { caNames, identityCaYaml, tlsCaYaml } from "./config/ca";
import { toYaml } from "./config/yaml";
import { type Organisation, peerName } from "./description";
import { readIfThere, readJson, SECRET, writeWhole } from "./files";
import type { OrganisationFolders } from "./folders";

const CA_CONFIG = "fabric-ca-server-config.yaml";

/** Writes the CA server's configuration, with a bootstrap secret drawn at the first call and kept from then on. */
export async function prepareCa(organisation: Organisation, folders: OrganisationFolders): Promise<void> {
  if ((await readIfThere(folders.caBootstrap)) === undefined)
    await writeWhole(folders.caBootstrap, JSON.stringify(newRegistrar("bootstrap")), SECRET);
  const bootstrap = await readJson(folders.caBootstrap, registrarSchema);
  await writeWhole(join(folders.ca, CA_CONFIG), tlsCaYaml(organisation, bootstrap), SECRET);
  await writeWhole(join(folders.identityCa, CA_CONFIG), identityCaYaml(organisation, bootstrap), SECRET);
}

/**
 * Gives an organisation all it needs before it can join a channel: its public MSP, and keys with certificates
 * from its own running CA for its peer, orderer, chaincode process and administrator. What is there is kept.
 */
export async function enrolOrganisation(
  organisation: Organisation,
  folders: OrganisationFolders,
): Promise<void> {
  await publishMsp(folders);
  const bootstrap = await readJson(folders.caBootstrap, registrarSchema);
  const authorities = {
    identities: await Authority.open(await caOf(organisation, folders, "identities"), bootstrap),
    tls: await Authority.open(await caOf(organisation, folders, "tls"), bootstrap),
  };
  const nodes: Promise<void>[] = [
    enrolNode("peer", folders.peer, [organisation.peer.host, peerName(organisation)], folders, authorities),
    enrolNode("admin", folders.administrator, [], folders, authorities),
    enrolTls("client", folders.chaincode, [organisation.chaincode.host], folders, authorities.tls),
    registerApplication(folders, authorities.identities),
  ];
  if (organisation.orderer)
    nodes.push(enrolNode("orderer", folders.orderer, [organisation.orderer.host], folders, authorities));
  await Promise.all(nodes);
}

/** The organisation's CA as `ledger/client/ca-client.ts` wants it. */
export async function caOf(
  organisation: Organisation,
  folders: OrganisationFolders,
  authority: "identities" | "tls" = "identities",
) {
  return {
    url: `https://${organisation.ca.host}:${organisation.ca.port}`,
    name: caNames(organisation)[authority],
    tlsCaPem: await readFile(join(folders.ca, "ca-cert.pem"), "utf8"),
  };
}

/** An administrator's or a node's certificate and key, from its MSP folder. */
export async function readKeyPair(nodeFolder: string): Promise<KeyPair> {
  const [certificatePem, privateKeyPem] = await Promise.all([
    readFile(join(nodeFolder, "msp", "signcerts", "cert.pem"), "utf8"),
    readFile(join(nodeFolder, "msp", "keystore", "priv_sk"), "utf8"),
  ]);
  return { certificatePem, privateKeyPem };
}

/** One running authority with its bootstrap registrar's certificate. */
export class Authority {
  private constructor(
    readonly client: CaClient,
    readonly registrar: KeyPair,
  ) {}

  static async open(ca: ConstructorParameters<typeof CaClient>[0], registrar: Registrar): Promise<Authority> {
    const client = new CaClient(ca);
    return new Authority(client, await enrol(client, registrar));
  }

  /** Registers a new identity and enrols it at once. */
  async issue(
    registration: Omit<Registration, "enrolmentId">,
    options: { profile?: "tls"; hosts?: readonly string[] } = {},
  ): Promise<KeyPair> {
    // A random id: repeating an interrupted set-up, or renewing a certificate, never meets an id already taken.
    const enrolmentId = `${registration.type}-${randomBytes(8).toString("hex")}`;
    const secret = await this.client.register(this.registrar, { ...registration, enrolmentId });
    return enrol(this.client, { enrolmentId, secret }, options);
  }
}

interface Authorities {
  identities: Authority;
  tls: Authority;
}

async function enrol(
  client: CaClient,
  who: Registrar,
  options: { profile?: "tls"; hosts?: readonly string[] } = {},
): Promise<KeyPair> {
  const { privateKeyPem, csrPem } = await newKeyAndRequest(who.enrolmentId);
  const { certificatePem } = await client.enrol({ ...who, ...options, csrPem });
  return { certificatePem, privateKeyPem };
}

async function publishMsp(folders: OrganisationFolders): Promise<void> {
  const [identityRoot, tlsRoot] = await Promise.all([
    readFile(join(folders.identityCa, "ca-cert.pem"), "utf8"),
    readFile(join(folders.ca, "ca-cert.pem"), "utf8"),
  ]);
  await writeMspRoots(folders.msp, identityRoot, tlsRoot);
}

async function writeMspRoots(msp: string, identityRoot: string, tlsRoot: string): Promise<void> {
  await writeWhole(join(msp, "cacerts", "ca.pem"), identityRoot);
  await writeWhole(join(msp, "tlscacerts", "tlsca.pem"), tlsRoot);
  await writeWhole(join(msp, "config.yaml"), nodeOus());
}

async function enrolNode(
  type: "peer" | "orderer" | "admin",
  folder: string,
  hosts: readonly string[],
  organisation: OrganisationFolders,
  authorities: Authorities,
): Promise<void> {
  await enrolTls(type, folder, hosts, organisation, authorities.tls);
  if (await readIfThere(join(folder, "msp", "signcerts", "cert.pem"))) return;
  const { certificatePem, privateKeyPem } = await authorities.identities.issue({ type });
  await writeMspRoots(
    join(folder, "msp"),
    await readFile(organisation.identityRoot, "utf8"),
    await readFile(organisation.tlsRoot, "utf8"),
  );
  await writeWhole(join(folder, "msp", "keystore", "priv_sk"), privateKeyPem, SECRET);
  await writeWhole(join(folder, "msp", "signcerts", "cert.pem"), certificatePem);
}

async function enrolTls(
  type: Registration["type"],
  folder: string,
  hosts: readonly string[],
  organisation: OrganisationFolders,
  authority: Authority,
): Promise<void> {
  if (await readIfThere(join(folder, "tls", "server.crt"))) return;
  const { certificatePem, privateKeyPem } = await authority.issue({ type }, { profile: "tls", hosts });
  await writeWhole(join(folder, "tls", "ca.crt"), await readFile(organisation.tlsRoot, "utf8"));
  await writeWhole(join(folder, "tls", "server.key"), privateKeyPem, SECRET);
  await writeWhole(join(folder, "tls", "server.crt"), certificatePem);
}

/** The application's registrar makes and revokes its services' identities; it cannot make a node or an administrator. */
async function registerApplication(folders: OrganisationFolders, authority: Authority): Promise<void> {
  if (await readIfThere(folders.registrar)) return;
  const registrar = newRegistrar("application");
  await authority.client.register(authority.registrar, {
    ...registrar,
    type: "client",
    maxEnrolments: -1,
    attributes: {
      "hf.Registrar.Roles": "client",
      "hf.Registrar.Attributes": "cocity.*",
      "hf.Revoker": "true",
      "hf.GenCRL": "true",
    },
  });
  await writeWhole(folders.registrar, JSON.stringify(registrar), SECRET);
}

function newRegistrar(purpose: string): Registrar {
  return {
    enrolmentId: `${purpose}-${randomBytes(4).toString("hex")}`,
    secret: randomBytes(24).toString("base64url"),
  };
}

/** An MSP's `config.yaml`: the certificate's first organisational unit says what its holder is. */
export function nodeOus(): string {
  const unit = (name: string) => ({
    Certificate: "cacerts/ca.pem",
    OrganizationalUnitIdentifier: name,
  });
  return toYaml({
    NodeOUs: {
      Enable: true,
      ClientOUIdentifier: unit("client"),
      PeerOUIdentifier: unit("peer"),
      AdminOUIdentifier: unit("admin"),
      OrdererOUIdentifier: unit("orderer"),
    },
  });
}
