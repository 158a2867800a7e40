import { rm } from "node:fs/promises";
import { delimiter, dirname } from "node:path";
import { bundled } from "@/lib/programs";
import { awaitLeader, installBuilder, joinOrderer, joinPeer, makeGenesisBlock } from "./channel";
import { type Organisation, orderingOrganisations } from "./description";
import { enrolOrganisation, prepareCa } from "./enrolment";
import type { NetworkFolders } from "./folders";
import { startCa, startOrderer, startPeer, writePeerConfiguration } from "./nodes";
import { want } from "./processes";
import { type Site, writeConnection, writeNetwork } from "./site";
import { startSupervisor, stopSupervisor } from "./supervision";

/**
 * Makes the network, or starts the one that is there: CAs, keys, first block, orderers, peers, channel and
 * `connection.json`. Interrupted at any step, it goes on where it was when called again.
 */
export async function up(site: Site): Promise<void> {
  const { network, folders, log } = site;
  await writeNetwork(network, folders);
  await startSupervisor(folders.run, site.guardian);
  const each = <T>(work: (organisation: Organisation) => Promise<T>) =>
    Promise.all(network.organisations.map(work));

  log("Certificate authorities…");
  await each((organisation) => prepareOrganisation(site, organisation));
  await makeGenesisBlock(site);

  log("Orderers and peers…");
  await Promise.all([
    each(async (organisation) => {
      await startPeer(site, organisation);
      await joinPeer(site, organisation);
    }),
    ...orderingOrganisations(network).map(async (organisation) => {
      await startOrderer(site, organisation);
      await joinOrderer(site, organisation);
    }),
  ]);
  await writeConnection(network, folders);
  await awaitLeader(site);
  await watchRevocations(site);
}

async function watchRevocations({ folders, binaries }: Site): Promise<void> {
  const programs = new Set(Object.values(binaries).map((program) => dirname(program)));
  await want(folders.run, {
    name: "revocations",
    command: [process.execPath, bundled("ledger/network/revocation-watch.ts"), folders.root],
    cwd: process.cwd(),
    env: { PATH: [...programs, process.env.PATH ?? ""].join(delimiter) },
  });
}

/** An organisation's running CA, its keys and its builder: what it needs before its nodes can start. */
export async function prepareOrganisation(site: Site, organisation: Organisation): Promise<void> {
  const own = site.folders.organisation(organisation);
  await prepareCa(organisation, own);
  await startCa(site, organisation);
  await enrolOrganisation(organisation, own);
  await installBuilder(site, organisation);
  await writePeerConfiguration(organisation, own);
}

/** Ends every process; keeps everything else. Answers whether anything ran. */
export async function down(folders: NetworkFolders): Promise<boolean> {
  return stopSupervisor(folders.run);
}

/** Ends every process and deletes the network with its chain and its keys. */
export async function reset(folders: NetworkFolders): Promise<void> {
  await down(folders);
  await rm(folders.root, { recursive: true, force: true });
}
