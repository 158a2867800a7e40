import { readFile, rm } from "node:fs/promises";
import { relative } from "node:path";
import type { Connection } from "../connection";
import type { Binaries } from "./binaries";
import { awaitLeader, installBuilder, joinOrderer, joinPeer, makeGenesisBlock } from "./channel";
import { caNames } from "./config/ca";
import {
  type Network,
  networkSchema,
  type Organisation,
  orderingOrganisations,
  peerName,
} from "./description";
import { enrolOrganisation, prepareCa } from "./enrolment";
import { readIfThere, readJson, writeWhole } from "./files";
import type { NetworkFolders } from "./folders";
import type { Code } from "./lifecycle/code";
import { type Definition, deploy } from "./lifecycle/deploy";
import { startCa, startOrderer, startPeer, writePeerConfiguration } from "./nodes";
import { startSupervisor, stopSupervisor } from "./supervisor/control";

export interface Site {
  network: Network;
  folders: NetworkFolders;
  binaries: Binaries;
  log: (line: string) => void;
}

/** The network of this folder as it was described when it was made; undefined where there is none. */
export async function readNetwork(folders: NetworkFolders): Promise<Network | undefined> {
  if ((await readIfThere(folders.description)) === undefined) return undefined;
  return readJson(folders.description, networkSchema);
}

export async function writeNetwork(network: Network, folders: NetworkFolders): Promise<void> {
  await writeWhole(folders.description, JSON.stringify(networkSchema.parse(network), null, 2));
}

/**
 * Makes the network, or starts the one that is there: CAs, keys, first block, orderers, peers, channel and
 * `connection.json`. Interrupted at any step, it goes on where it was when called again.
 */
export async function up({ network, folders, binaries, log }: Site): Promise<void> {
  await writeNetwork(network, folders);
  await startSupervisor(folders.run);
  const each = <T>(work: (organisation: Organisation) => Promise<T>) =>
    Promise.all(network.organisations.map(work));

  log("Certificate authorities…");
  await each((organisation) => startOrganisationCa({ network, folders, binaries, log }, organisation));
  await makeGenesisBlock(network, folders, binaries);

  log("Orderers and peers…");
  await Promise.all([
    each(async (organisation) => {
      await startPeer(organisation, folders, binaries);
      await joinPeer(network, organisation, folders, binaries);
    }),
    Promise.all(
      orderingOrganisations(network).map(async (organisation) => {
        await startOrderer(organisation, folders, binaries);
        await joinOrderer(network, organisation, folders, binaries);
      }),
    ),
  ]);
  await writeConnection(network, folders);
  await awaitLeader(network, folders);
}

/** An organisation's CA, its keys and its builder: what it needs before its nodes can start. */
export async function startOrganisationCa(
  { folders, binaries }: Site,
  organisation: Organisation,
): Promise<void> {
  const own = folders.organisation(organisation);
  await prepareCa(organisation, own);
  await startCa(organisation, folders, binaries);
  await enrolOrganisation(organisation, own);
  await installBuilder(organisation, folders);
  await writePeerConfiguration(organisation, own);
}

/** Brings this code to every organisation of the network. */
export async function deployTo(
  site: Site,
  code: Code,
  options: { force?: boolean } = {},
): Promise<Definition> {
  const { network, folders, binaries, log } = site;
  return deploy(network, folders, binaries, code, { ...options, log });
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

/** Writes what an application needs in order to find the network. */
export async function writeConnection(network: Network, folders: NetworkFolders): Promise<void> {
  const connection: Connection = {
    kind: "fabric",
    channel: network.channel,
    chaincode: network.chaincode,
    organisations: await Promise.all(
      network.organisations.map(async (organisation) => {
        const own = folders.organisation(organisation);
        const { host, port } = organisation.peer;
        const tlsCaPem = await readFile(own.tlsRoot, "utf8");
        return {
          name: organisation.name,
          mspId: organisation.mspId,
          peers: [
            {
              name: peerName(organisation),
              endpoint: `${host}:${port}`,
              tlsCaPem,
              hostname: peerName(organisation),
            },
          ],
          ca: {
            url: `https://${organisation.ca.host}:${organisation.ca.port}`,
            name: caNames(organisation).identities,
            tlsCaPem,
          },
          registrarFile: relative(folders.root, own.registrar),
        };
      }),
    ),
  };
  await writeWhole(folders.connection, JSON.stringify(connection, null, 2));
}
