import { constants } from "node:fs";
import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { awaitLeader, joinPeer } from "./channel";
import { networkSchema, type Organisation, orderingOrganisations, organisationNamed } from "./description";
import { isMissing, readJson, SECRET, writeWhole } from "./files";
import type { NetworkFolders } from "./folders";
import type { Code } from "./lifecycle/code";
import { deploy } from "./lifecycle/deploy";
import { prepareOrganisation } from "./network";
import { processNames, startCa, startOrderer, startPeer } from "./nodes";
import { readProcesses, runningPid, stop } from "./processes";
import { replaceOrderer } from "./replacement";
import type { Site } from "./site";

const MANIFEST = "backup.json";
const manifestSchema = z.object({
  version: z.literal(1),
  takenAt: z.iso.datetime(),
  network: networkSchema,
});

/** A folder that is no backup, or a place where one cannot be put. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/**
 * Copies the running network into a new folder, one folder for each organisation. Peers and CAs are stopped for the
 * copying one organisation at a time, so the others go on endorsing; then all orderers at once for the moment their
 * files take, because copies of them from different moments could contradict each other. Senders wait and try again.
 * @throws BackupError when the folder is there and not empty.
 */
export async function backup(site: Site, target: string): Promise<void> {
  const { network, folders, log } = site;
  if ((await entriesOf(target)).length > 0) throw new BackupError(`${target} is not empty`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  for (const organisation of network.organisations) {
    log(`Peer and CA of ${organisation.title}…`);
    await pausing(site, organisation, ["peer", "ca"], () =>
      copy(
        folders.organisation(organisation).root,
        place(target, organisation),
        (path) => path !== join(folders.organisation(organisation).orderer, "data"),
      ),
    );
  }
  log("Orderers…");
  const orderers = orderingOrganisations(network);
  await Promise.all(orderers.map((organisation) => pause(site, organisation, "orderer")));
  try {
    for (const organisation of orderers) {
      const own = folders.organisation(organisation);
      await copy(join(own.orderer, "data"), join(place(target, organisation), "orderer", "data"));
    }
  } finally {
    await Promise.all(orderers.map((organisation) => startOrderer(site, organisation)));
  }
  await awaitLeader(site);
  await copy(folders.channel, join(target, "channel"));
  const manifest = { version: 1 as const, takenAt: new Date().toISOString(), network };
  await writeWhole(join(target, MANIFEST), JSON.stringify(manifest, null, 2), SECRET);
}

/**
 * Puts a whole backup where no network is. `up` starts it.
 * @throws BackupError when the source is no backup or there is a network.
 */
export async function restore(source: string, folders: NetworkFolders): Promise<void> {
  const { network } = await readManifest(source);
  if ((await entriesOf(folders.root)).length > 0)
    throw new BackupError(`${folders.root} is not empty: a network is there; reset it or restore elsewhere`);
  for (const organisation of network.organisations)
    await copy(place(source, organisation), folders.organisation(organisation).root);
  await copy(join(source, "channel"), folders.channel);
  await writeWhole(folders.description, JSON.stringify(network, null, 2));
}

/**
 * Puts one organisation back into the running network from a backup of its own: keys, CA and peer, which then takes
 * the blocks it lacks from the orderers. Its orderer's old files are not used: it is replaced.
 * What was in its folder stays beside it with the ending `.before-restore`.
 * @param code the chaincode in force. @throws BackupError
 */
export async function restoreOrganisation(
  site: Site,
  source: string,
  name: string,
  code: Code,
): Promise<void> {
  const { network, folders } = site;
  const manifest = await readManifest(source);
  const saved = organisationNamed(manifest.network, name);
  const organisation = organisationNamed(network, name);
  if (saved.mspId !== organisation.mspId) throw new BackupError(`${source} is of another network`);
  for (const each of await readProcesses(folders.run))
    if (each.name.startsWith(`${name}-`)) await stop(folders.run, each.name);
  const own = folders.organisation(organisation);
  await rename(own.root, `${own.root}.before-restore`).catch((error: unknown) => {
    if (!isMissing(error))
      throw new BackupError(`${own.root}.before-restore is in the way`, { cause: error });
  });
  await copy(place(source, organisation), own.root);
  await rm(join(own.orderer, "data"), { recursive: true, force: true });
  await prepareOrganisation(site, organisation);
  await startPeer(site, organisation);
  await joinPeer(site, organisation);
  const { orderer } = organisation;
  if (orderer) await replaceOrderer(site, { ...organisation, orderer });
  await deploy(site, code);
}

const place = (root: string, { name }: Pick<Organisation, "name">) => join(root, "organisations", name);

async function readManifest(source: string): Promise<z.infer<typeof manifestSchema>> {
  return readJson(join(source, MANIFEST), manifestSchema).catch((error: unknown) => {
    throw new BackupError(`${source} is no backup of a Fabric network`, { cause: error });
  });
}

type Node = keyof typeof processNames;
const starts = { ca: startCa, peer: startPeer, orderer: startOrderer } as const;

/** Stops a node if it runs; answers whether it did. */
async function pause({ folders }: Site, organisation: Organisation, node: Node): Promise<boolean> {
  const name = processNames[node](organisation);
  if ((await runningPid(folders.run, name)) === undefined) return false;
  await stop(folders.run, name);
  return true;
}

async function pausing(
  site: Site,
  organisation: Organisation,
  nodes: readonly Node[],
  work: () => Promise<void>,
) {
  const paused: Node[] = [];
  try {
    for (const node of nodes) if (await pause(site, organisation, node)) paused.push(node);
    await work();
  } finally {
    await Promise.all(paused.map((node) => starts[node](site, organisation)));
  }
}

/** Copy on write where the file system can, so that nodes stand still for a moment only. */
async function copy(from: string, to: string, filter?: (path: string) => boolean): Promise<void> {
  await cp(from, to, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    ...(filter ? { filter } : {}),
  });
}

async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}
