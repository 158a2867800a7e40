import { createPrivateKey } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { connect, hash } from "@hyperledger/fabric-gateway";
import type { Connection } from "@/ledger/connection";
import { openClient } from "@/ledger/gateway/grpc-client";
import { signMessage } from "@/ledger/gateway/signature";
import { startEmbedded } from "@/tests/conformance/embedded";
import { newPerson, organisationOf, type Person } from "@/tests/fabric/people";

export const needs = "contracts";

/** Clients that each wait for their transaction to be committed before they send the next. */
interface LedgerFigures {
  readonly clients: number;
  readonly transactions: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Processor time that a transaction cost in each process, which other work on the machine bears on less. */
  readonly cpuMsEach: { readonly ledger: number; readonly chaincode: number; readonly clients: number };
}

const runs = [
  { clients: 1, transactions: 300 },
  { clients: 100, transactions: 5_000 },
] as const;
/** What runs for days has long been compiled; a start is measured elsewhere. */
const warmUp = { clients: 100, transactions: 2_000 };
/** What Linux counts processor time in. */
const ticksPerSecond = 100;

/** The embedded ledger with the conformance chaincode and the clients, all on this machine. */
export default async function measure(): Promise<{ runs: readonly LedgerFigures[] }> {
  const ledger = await startEmbedded();
  try {
    const person = await newPerson(organisationOf(ledger.connection, "comune"), "officer");
    const session = openSession(ledger.connection, person);
    // The chaincode, and what compiled the ledger for this start.
    const children = await childrenOf(ledger.pid);
    const chaincodeCpuMs = async () =>
      (await Promise.all(children.map(cpuMsOf))).reduce((sum, ms) => sum + ms, 0);
    await run(session.put, warmUp.clients, warmUp.transactions, "warm");
    const figures: LedgerFigures[] = [];
    for (const { clients, transactions } of runs) {
      const before = [await cpuMsOf(ledger.pid), await chaincodeCpuMs(), ownCpuMs()] as const;
      const timed = await run(session.put, clients, transactions, `key-${clients}`);
      const each = (now: number, then: number) => round((now - then) / transactions, 100);
      figures.push({
        clients,
        transactions,
        ...timed,
        cpuMsEach: {
          ledger: each(await cpuMsOf(ledger.pid), before[0]),
          chaincode: each(await chaincodeCpuMs(), before[1]),
          clients: each(ownCpuMs(), before[2]),
        },
      });
    }
    session.close();
    return { runs: figures };
  } finally {
    await ledger.stop();
  }
}

type Put = (key: string) => Promise<unknown>;

async function run(put: Put, clients: number, transactions: number, prefix: string) {
  const durations: number[] = [];
  let next = 0;
  const started = performance.now();
  const client = async () => {
    while (next < transactions) {
      const key = `${prefix}-${next++}`;
      const before = performance.now();
      await put(key);
      durations.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  durations.sort((a, b) => a - b);
  const at = (share: number) => round(durations[Math.floor(durations.length * share)] ?? Number.NaN, 10);
  return { perSecond: round(transactions / seconds, 10), p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** A session as the application has them: its gRPC client, its signatures by OpenSSL. */
function openSession(connection: Connection, person: Person) {
  const peer = person.organisation.peers[0];
  if (!peer?.tlsCaPem) throw new Error("the connection names no peer with TLS");
  const client = openClient(peer);
  const key = createPrivateKey(person.privateKeyPem);
  const gateway = connect({
    client,
    identity: { mspId: person.organisation.mspId, credentials: Buffer.from(person.certificatePem) },
    hash: hash.none,
    signer: async (message) => signMessage(key, message),
  });
  const contract = gateway.getNetwork(connection.channel).getContract(connection.chaincode);
  return {
    put: (key: string) =>
      contract.submitTransaction("put", key, "a value of some length, as records have it"),
    close() {
      gateway.close();
      client.close();
    },
  };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor time of a process so far; 0 where there is no `/proc`. */
async function cpuMsOf(pid: number): Promise<number> {
  const [, user = 0, system = 0] = /^(?:\S+ ){11}(\d+) (\d+)/.exec(await statOf(pid)) ?? [];
  return ((Number(user) + Number(system)) * 1000) / ticksPerSecond;
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => Number((await statOf(pid)).split(" ")[1])));
  return pids.filter((_, index) => parents[index] === parent);
}

/** `/proc/PID/stat` after the command's name, which may hold spaces. */
async function statOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat.slice(stat.lastIndexOf(")") + 2);
}

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
