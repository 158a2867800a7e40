import "reflect-metadata";
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { registration } from "@/chaincode/testing/founding-inputs";
import { VoterKey } from "@/chaincode/testing/keys";
import { torino } from "@/chaincode/testing/people";
import { founding, mspOf, register } from "@/chaincode/testing/register";
import { CertificateAuthority, pemOf } from "@/ledger/embedded/ca/authority";
import { generateKeys } from "@/ledger/embedded/ca/keys";
import { RECORD_VERSION } from "@/protocol/upgrade";
import { type Creator, MiniaturePeer } from "@/tests/chaincode/miniature-peer";
import { freePort } from "@/tests/free-port";

export const needs = "contracts";

/** Votes through the chaincode alone: a peer that keeps its state in memory asks as fast as it is answered. */
interface ChaincodeFigures {
  readonly ballotsEach: number;
  readonly transactionsPerSecond: number;
  readonly ballotsPerSecond: number;
  /** Requests for state of one transaction, its answer included. */
  readonly messagesEach: number;
  /** Processor time of the chaincode for one transaction. */
  readonly cpuMsEach: number;
}

const round = "round-bench";
const inFlight = 100;
const voters = 4_500;
const warmUp = 500;
const runs = [
  { ballotsEach: 1, transactions: 2_000 },
  { ballotsEach: 100, transactions: 20 },
] as const;
/** What Linux counts processor time in. */
const ticksPerSecond = 100;

export default async function measure(): Promise<{ votes: readonly ChaincodeFigures[] }> {
  const address = `127.0.0.1:${await freePort()}`;
  const server = startServer(address);
  const { peer } = await MiniaturePeer.connect(address, Date.now() + 30_000);
  try {
    const creator = await castingService();
    const ballots = fill(peer);
    const cast = async (ballotsEach: number, transactions: number) => {
      const inputs = Array.from({ length: transactions }, () =>
        JSON.stringify({
          by: "service",
          input: {
            ...{ command: randomUUID(), municipality: torino, round },
            ballots: ballots.splice(0, ballotsEach),
          },
        }),
      );
      await Promise.all(
        Array.from({ length: inFlight }, async () => {
          for (let input = inputs.pop(); input !== undefined; input = inputs.pop()) {
            const { status, message } = await peer.invoke(creator, "rounds:cast", input);
            if (status !== 200) throw new Error(message);
          }
        }),
      );
    };
    await cast(1, warmUp);
    const votes: ChaincodeFigures[] = [];
    for (const { ballotsEach, transactions } of runs) {
      const before = { cpu: await cpuMsOf(server), requests: peer.requests, at: performance.now() };
      await cast(ballotsEach, transactions);
      const perSecond = transactions / ((performance.now() - before.at) / 1000);
      votes.push({
        ballotsEach,
        transactionsPerSecond: Math.round(perSecond),
        ballotsPerSecond: Math.round(perSecond * ballotsEach),
        messagesEach: (peer.requests - before.requests) / transactions,
        cpuMsEach: Math.round(((await cpuMsOf(server)) - before.cpu) * (1000 / transactions)) / 1000,
      });
    }
    return { votes };
  } finally {
    peer.close();
    server.kill("SIGKILL");
  }
}

function startServer(address: string): ChildProcess {
  const shim = createRequire(import.meta.url).resolve("fabric-shim/cli.js");
  const args = [shim, "server", "--chaincode-address", address, "--chaincode-id", "bench:1"];
  return spawn(process.execPath, args, {
    cwd: "chaincode",
    env: { ...process.env, CORE_CHAINCODE_LOGGING_LEVEL: "WARNING" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Puts a municipality and its open round with admitted keys into the peer's state. @returns a ballot of each key */
function fill(peer: MiniaturePeer) {
  const put = (record: object, ...key: string[]) =>
    peer.state.set(
      `\0${[torino, ...key].map((part) => `${part}\0`).join("")}`,
      Buffer.from(JSON.stringify(record)),
    );
  const phase = { state: "open", ballotKind: "open", least: 1, most: 4, projects: 10 };
  const { organisations } = register();
  const { day: _, ...terms } = registration();
  const founded = { municipality: torino, id: torino, ...terms, founding, organisations };
  put({ ...founded, schema: RECORD_VERSION }, "municipality", torino);
  put({ municipality: torino, id: "day", day: "2026-01-01" }, "day", "day");
  put({ ...phase, rollSize: voters, lastDay: "2026-12-31" }, "phase", round);
  return Array.from({ length: voters }, (_, index) => {
    const voter = new VoterKey(`bench ${index}`);
    const admission = { municipality: torino, round, key: voter.publicKey, slot: index + 1 };
    put(admission, "admission", round, voter.publicKey);
    return voter.ballot(round, 1, [1, 2, 3]);
  });
}

async function castingService(): Promise<Creator> {
  const { certificatePem, privateKeyPem } = await CertificateAuthority.create("ca.bench", "Comune");
  const authority = await CertificateAuthority.open(certificatePem, privateKeyPem);
  const { keys } = await generateKeys();
  const certificate = await authority.issue({
    subject: { commonName: "random" },
    publicKey: keys.publicKey,
    lifetimeSeconds: 3600,
    attributes: {
      "cocity.role": "casting_service",
      "cocity.municipality": torino,
      "cocity.person": "casting-service",
    },
  });
  return { mspId: mspOf.Comune, certificatePem: pemOf(certificate) };
}

async function cpuMsOf({ pid }: ChildProcess): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ").pop()?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}
