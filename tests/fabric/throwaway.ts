import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Connection, readConnection } from "@/ledger/client/connection";
import { findBinaries } from "@/ledger/network/binaries";
import { networkOnOneMachine, PORTS_PER_ORGANISATION } from "@/ledger/network/description";
import { type NetworkFolders, networkFolders } from "@/ledger/network/folders";
import { readCode } from "@/ledger/network/lifecycle/code";
import { deploy } from "@/ledger/network/lifecycle/deploy";
import { down, up } from "@/ledger/network/network";
import { writeRecoveryKeys } from "@/ledger/network/recovery-keys";
import type { Site } from "@/ledger/network/site";

export const conformanceChaincode = resolve("tests/conformance/chaincode");

/** A whole Fabric network in a folder of its own, that nothing else uses. */
export interface Throwaway {
  site: Site;
  connection: Connection;
  connectionFile: string;
  /** Ends every process and deletes the folder. */
  remove(): Promise<void>;
}

/**
 * Brings up a network of three organisations with this chaincode on free ports.
 * @param hosts an address for each organisation; loopback without them.
 * @param launchers what each organisation's processes are started by.
 * @param prepare called with the folders before anything is in them, e.g. to mount a disk; it answers with what undoes it.
 */
export async function startThrowaway(
  options: {
    chaincode?: string;
    hosts?: string[];
    launchers?: string[][];
    /** What the chaincode knows recovery keys by. */
    recoveryKeys?: string;
    prepare?: (folders: NetworkFolders) => Promise<() => Promise<void>>;
    log?: (line: string) => void;
  } = {},
): Promise<Throwaway> {
  const { chaincode = conformanceChaincode, hosts, launchers = [], log = () => undefined } = options;
  const { prepare = async () => async () => undefined } = options;
  const folders = networkFolders(await mkdtemp(join(tmpdir(), "cocity-fabric-")));
  const network = networkOnOneMachine(await freePorts(5 * PORTS_PER_ORGANISATION), hosts);
  for (const [index, launcher] of launchers.entries()) {
    const organisation = network.organisations[index];
    if (organisation) organisation.launcher = launcher;
  }
  const site: Site = { network, folders, binaries: await testBinaries(), log, guardian: process.pid };
  let undo = async (): Promise<void> => undefined;
  const remove = async () => {
    await down(folders);
    await undo();
    await rm(folders.root, { recursive: true, force: true });
  };
  try {
    undo = await prepare(folders);
    await up(site);
    if (options.recoveryKeys) await writeRecoveryKeys(network, folders, options.recoveryKeys);
    await deploy(site, await readCode(chaincode));
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    site,
    connection: await readConnection(folders.connection),
    connectionFile: folders.connection,
    remove,
  };
}

export function testBinaries() {
  return findBinaries({
    ...(process.env.FABRIC_BIN ? { given: process.env.FABRIC_BIN } : {}),
    ...(process.env.PATH ? { path: process.env.PATH } : {}),
    cache: join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "cocity"),
    log: (line) => console.log(line),
  });
}

/** The first of `count` neighbouring ports that are all free on loopback, below those the system gives to clients. */
async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = 15_000 + Math.floor(Math.random() * 15_000);
    const free = await Promise.all(Array.from({ length: count }, (_, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`No ${count} free ports in a row`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once("error", () => settle(false));
    server.listen(port, "127.0.0.1", () => server.close(() => settle(true)));
  });
}
