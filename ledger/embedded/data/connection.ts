import { join } from "node:path";
import { type DataFolder, writeDurably } from "./folder";

export interface Endpoints {
  readonly channel: string;
  readonly chaincode: string;
  readonly port: number;
  readonly caPort: number;
}

/**
 * Writes `connection.json`, the file from which clients learn how to reach a ledger; its shape is the one that
 * `ledger/client/connection.ts` reads. One endpoint speaks for the three organisations, but each is told apart, so
 * that a client does here what it does on a network of several machines.
 */
export async function writeConnection(folder: DataFolder, endpoints: Endpoints): Promise<string> {
  const file = join(folder.path, "connection.json");
  const connection = {
    kind: "embedded",
    channel: endpoints.channel,
    chaincode: endpoints.chaincode,
    organisations: folder.organisations.map(({ description, registrarFile }) => ({
      name: description.name,
      mspId: description.mspId,
      peers: [
        {
          name: `peer.${description.name}.cocity`,
          endpoint: `127.0.0.1:${endpoints.port}`,
          tlsCaPem: folder.tlsCaPem,
          hostname: "localhost",
        },
      ],
      ca: {
        url: `https://127.0.0.1:${endpoints.caPort}`,
        name: description.caName,
        tlsCaPem: folder.tlsCaPem,
      },
      registrarFile,
    })),
  };
  await writeDurably(file, `${JSON.stringify(connection, null, 2)}\n`, 0o644);
  return file;
}
