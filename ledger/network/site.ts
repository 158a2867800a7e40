import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import type { Connection } from "../client/connection";
import type { Binaries } from "./binaries";
import { caNames } from "./config/ca";
import { type Network, networkSchema, peerName } from "./description";
import { readIfThere, readJson, writeWhole } from "./files";
import type { NetworkFolders } from "./folders";

/** A network, where it lies, and the programs that run it. */
export interface Site {
  network: Network;
  folders: NetworkFolders;
  binaries: Binaries;
  log: (line: string) => void;
  /** Process without which the network ends; absent where it is to outlive whoever started it. */
  guardian?: number;
}

/** The network of this folder as it was described when it was made; undefined where there is none. */
export async function readNetwork(folders: NetworkFolders): Promise<Network | undefined> {
  if ((await readIfThere(folders.description)) === undefined) return undefined;
  return readJson(folders.description, networkSchema);
}

export async function writeNetwork(network: Network, folders: NetworkFolders): Promise<void> {
  await writeWhole(folders.description, JSON.stringify(networkSchema.parse(network), null, 2));
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
