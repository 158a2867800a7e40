import { type Organisation, orderingOrganisations } from "./description";
import { committedDefinition, type Definition } from "./lifecycle/definition";
import { readOperations } from "./nodes";
import { readProcesses, runningPid } from "./processes";
import type { Site } from "./site";

export interface NetworkStatus {
  supervisor: boolean;
  processes: { name: string; pid: number | undefined; wanted: "running" | "stopped" }[];
  /** Blocks each node has, by organisation; undefined where the node does not answer. */
  nodes: { organisation: string; peerHeight?: number; ordererHeight?: number; leads: boolean }[];
  definition?: Definition;
}

/** What runs, how high each node's chain is, and which chaincode is in force. Never throws for a node that is down. */
export async function readStatus(site: Site): Promise<NetworkStatus> {
  const { network, folders } = site;
  const processes = await Promise.all(
    (await readProcesses(folders.run)).map(async ({ name, wanted }) => ({
      name,
      wanted,
      pid: await runningPid(folders.run, name),
    })),
  );
  const nodes = await Promise.all(
    network.organisations.map((organisation) => nodeStatus(site, organisation)),
  );
  const alive = network.organisations.find(({ name }) =>
    nodes.some((node) => node.organisation === name && node.peerHeight !== undefined),
  );
  const definition = alive && (await committedDefinition(site, alive).catch(() => undefined));
  return {
    supervisor: (await runningPid(folders.run, "supervisor")) !== undefined,
    processes,
    nodes,
    ...(definition ? { definition } : {}),
  };
}

/** Whether everything that should run does, and every node is on the channel. */
export function isWell(site: Site, status: NetworkStatus): boolean {
  const orderers = new Set(orderingOrganisations(site.network).map(({ name }) => name));
  return (
    status.supervisor &&
    status.processes.every(({ pid, wanted }) => wanted === "running" && pid !== undefined) &&
    status.nodes.every(
      ({ organisation, peerHeight, ordererHeight }) =>
        peerHeight !== undefined && (ordererHeight !== undefined || !orderers.has(organisation)),
    ) &&
    status.nodes.some(({ leads }) => leads)
  );
}

/** The status in lines for a terminal. */
export function describeStatus(status: NetworkStatus): string {
  const lines = status.processes.map(({ name, pid, wanted }) => {
    const state = pid === undefined ? (wanted === "running" ? "NOT RUNNING" : "stopped") : `pid ${pid}`;
    return `  ${name.padEnd(36)} ${state}`;
  });
  const nodes = status.nodes.map(({ organisation, peerHeight, ordererHeight, leads }) => {
    const orderer = ordererHeight === undefined ? "" : `, orderer ${ordererHeight}${leads ? " (leads)" : ""}`;
    return `  ${organisation.padEnd(20)} peer ${peerHeight ?? "does not answer"}${orderer}`;
  });
  const definition = status.definition
    ? `chaincode ${status.definition.version}, sequence ${status.definition.sequence}`
    : "no chaincode in force";
  return [
    `Supervisor ${status.supervisor ? "runs" : "does not run"}; processes:`,
    ...lines,
    "Blocks:",
    ...nodes,
    definition,
  ].join("\n");
}

async function nodeStatus({ network, folders }: Site, organisation: Organisation) {
  const own = folders.organisation(organisation);
  const read = (host: string, port: number) =>
    readOperations(own, host, port, "/metrics").catch(() => undefined);
  const peer = await read(organisation.peer.host, organisation.peer.operationsPort);
  const { orderer } = organisation;
  const orderers = orderer && (await read(orderer.host, orderer.operationsPort));
  const height = (metrics: string | undefined, name: string) => metric(metrics, name, network.channel);
  const peerHeight = height(peer, "ledger_blockchain_height");
  const committed = height(orderers, "consensus_etcdraft_committed_block_number");
  return {
    organisation: organisation.name,
    ...(peerHeight === undefined ? {} : { peerHeight }),
    // The orderer reports its last block's number.
    ...(committed === undefined ? {} : { ordererHeight: committed + 1 }),
    leads: height(orderers, "consensus_etcdraft_is_leader") === 1,
  };
}

function metric(text: string | undefined, name: string, channel: string): number | undefined {
  const line = text?.split("\n").find((each) => each.startsWith(`${name}{channel="${channel}"}`));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(" ") + 1));
}
