import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { X509Certificate } from "@peculiar/x509";
import { ClassicLevel } from "classic-level";
import { CertificateAuthority, pemOf } from "../ca/authority";
import { generateKeys } from "../ca/keys";
import { StartFailure } from "../failure";
import { type OrganisationDescription, organisations } from "./organisations";

/** Raised whenever what is in the folder changes meaning. Folders of an earlier version are migrated here. */
export const formatVersion = 1;

const nodeLifetime = 10 * 365 * 24 * 3600;
const formatFile = "format.json";
const identityFolder = "identity";

export interface PemPair {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface OrganisationKeys {
  readonly description: OrganisationDescription;
  readonly ca: PemPair;
  readonly peer: PemPair;
  readonly registrar: { readonly enrolmentId: string; readonly secret: string };
  /** Relative to the data folder. */
  readonly registrarFile: string;
}

export interface DataFolder {
  readonly path: string;
  readonly organisations: readonly OrganisationKeys[];
  readonly orderer: PemPair;
  readonly tlsCaPem: string;
  readonly tls: PemPair;
  /** The CAs' registry. Open for as long as the ledger runs: its lock keeps a second ledger out. */
  readonly caLevel: ClassicLevel<string, unknown>;
}

/**
 * Opens a data folder, making keys and certificates at the first start.
 * @throws StartFailure if another ledger runs on it, if it is of a later version, or is no ledger's folder
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new StartFailure(`The data folder ${path} cannot be made: ${String(error)}`);
  });
  const isNew = await checkFormat(path);
  const caLevel = new ClassicLevel<string, unknown>(join(path, "ca"), { valueEncoding: "json" });
  try {
    await caLevel.open();
  } catch (error) {
    throw lockFailure(path, error);
  }
  try {
    if (isNew) await makeIdentities(path);
    return { path, caLevel, ...(await readIdentities(path)) };
  } catch (error) {
    await caLevel.close();
    throw error;
  }
}

/** Writes a file so that after a crash either the old or the new content is there. */
export async function writeDurably(file: string, content: string, mode = 0o600): Promise<void> {
  const temporary = `${file}.new`;
  const handle = await open(temporary, "w", mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

/** @returns whether the folder is new */
async function checkFormat(path: string): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(join(path, formatFile), "utf8");
  } catch {
    const left = (await readdir(path)).filter((name) => !["ca", `${identityFolder}.new`].includes(name));
    if (left.length > 0 && !(left.length === 1 && left[0] === identityFolder))
      throw new StartFailure(
        `The folder ${path} is not a ledger's data folder (it has no ${formatFile}) and is not empty. Choose an empty or a new folder.`,
      );
    return true;
  }
  let version: unknown;
  try {
    version = (JSON.parse(text) as { formatVersion?: unknown }).formatVersion;
  } catch {
    throw new StartFailure(
      `The file ${join(path, formatFile)} is damaged. Restore the folder from a backup.`,
    );
  }
  if (typeof version !== "number" || version < 1)
    throw new StartFailure(`The file ${join(path, formatFile)} names no version. Restore it from a backup.`);
  if (version > formatVersion)
    throw new StartFailure(
      `The data folder ${path} was written by a later version of the ledger (format ${version}, this one reads up to ${formatVersion}). Install the later version.`,
    );
  return false;
}

function lockFailure(path: string, error: unknown): StartFailure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && "code" in cause && cause.code === "LEVEL_LOCKED")
    return new StartFailure(`Another ledger is running on the data folder ${path}. Stop it first.`);
  return new StartFailure(`The data folder ${path} cannot be opened: ${String(cause)}`);
}

/** Makes all keys in a folder beside and renames it when whole, so that a crash leaves no half of them. */
async function makeIdentities(path: string): Promise<void> {
  const finished = join(path, identityFolder);
  const started = `${finished}.new`;
  await rm(started, { recursive: true, force: true });
  await rm(finished, { recursive: true, force: true });
  for (const description of organisations) {
    const folder = join(started, description.name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const ca = await CertificateAuthority.create(`${description.caName}.cocity`, description.title);
    await writePair(folder, "ca", ca);
    const authority = await CertificateAuthority.open(ca.certificatePem, ca.privateKeyPem);
    await writePair(folder, "peer", await makeNode(authority, `peer.${description.name}.cocity`, ["peer"]));
    if (description.mspId === "ComuneMSP")
      await writePair(started, "orderer", await makeNode(authority, "orderer.cocity", ["orderer"]));
    await writePrivate(
      join(folder, "registrar.json"),
      JSON.stringify({ enrolmentId: "registrar", secret: randomBytes(24).toString("base64url") }, null, 2),
    );
  }
  const tlsCa = await CertificateAuthority.create("tls-ca.cocity", "Co-City");
  await writePair(started, "tls-ca", tlsCa);
  const tlsAuthority = await CertificateAuthority.open(tlsCa.certificatePem, tlsCa.privateKeyPem);
  const names = { dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"] };
  await writePair(started, "tls", await makeNode(tlsAuthority, "localhost", [], names));
  await rename(started, finished);
  await writeDurably(join(path, formatFile), `${JSON.stringify({ formatVersion }, null, 2)}\n`);
}

async function makeNode(
  authority: CertificateAuthority,
  commonName: string,
  organisationalUnits: string[],
  names: { dnsNames?: string[]; ipAddresses?: string[] } = {},
): Promise<PemPair> {
  const { keys, privateKeyPem } = await generateKeys();
  const certificate = await authority.issue({
    subject: { commonName, organisationalUnits },
    publicKey: keys.publicKey,
    lifetimeSeconds: nodeLifetime,
    ...names,
  });
  return { certificatePem: pemOf(certificate), privateKeyPem };
}

async function readIdentities(path: string): Promise<Omit<DataFolder, "path" | "caLevel">> {
  const root = join(path, identityFolder);
  try {
    return {
      organisations: await Promise.all(
        organisations.map((description) => readOrganisation(root, description)),
      ),
      orderer: await readPair(root, "orderer"),
      tlsCaPem: (await readPair(root, "tls-ca")).certificatePem,
      tls: await readPair(root, "tls"),
    };
  } catch (error) {
    throw new StartFailure(
      `The keys in ${root} cannot be read (${error instanceof Error ? error.message : String(error)}). Restore the folder from a backup.`,
    );
  }
}

async function readOrganisation(
  root: string,
  description: OrganisationDescription,
): Promise<OrganisationKeys> {
  const folder = join(root, description.name);
  const registrar = JSON.parse(await readFile(join(folder, "registrar.json"), "utf8")) as {
    enrolmentId: string;
    secret: string;
  };
  return {
    description,
    ca: await readPair(folder, "ca"),
    peer: await readPair(folder, "peer"),
    registrar,
    registrarFile: join(identityFolder, description.name, "registrar.json"),
  };
}

async function readPair(folder: string, name: string): Promise<PemPair> {
  const certificatePem = await readFile(join(folder, `${name}.pem`), "utf8");
  // Parsed here so that a damaged certificate stops the start and not the first transaction.
  new X509Certificate(certificatePem);
  return { certificatePem, privateKeyPem: await readFile(join(folder, `${name}.key`), "utf8") };
}

async function writePair(folder: string, name: string, pair: PemPair): Promise<void> {
  await writePrivate(join(folder, `${name}.pem`), pair.certificatePem);
  await writePrivate(join(folder, `${name}.key`), pair.privateKeyPem);
}

async function writePrivate(file: string, content: string): Promise<void> {
  await writeFile(file, content, { mode: 0o600, flush: true });
}
