import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Pool } from "pg";
import { afterAll } from "vitest";
import type { Command } from "@/ledger/client/outbox/enqueue";
import { type LedgerAccess, openLedgerAccess } from "@/ledger/client/process";
import { bundled } from "@/lib/programs";
import { type EmbeddedLedger, startEmbedded } from "../../conformance/embedded";
import { type FreshDatabase, freshDatabase } from "../database";
import { configureRecoveryKeys } from "./founded";

const root = fileURLToPath(new URL("../../..", import.meta.url));
export const chaincodeDir = join(root, "chaincode");

export const torino = "001272";

/** What a world needs of its ledger, embedded or Fabric. */
export type RunningLedger = Pick<EmbeddedLedger, "connectionFile"> & { stop(): Promise<unknown> };

/** A ledger with the real chaincode, on which `foundTorino` can found, an empty database, and workers between them. */
export interface World<L extends RunningLedger = EmbeddedLedger> extends FreshDatabase {
  readonly ledger: L;
  readonly access: LedgerAccess;
  /** For what a test looks up past Prisma. */
  readonly pool: Pool;
  startWorker(): Promise<Worker>;
}

export interface Worker {
  readonly pid: number;
  /** What it wrote on standard error so far. */
  log(): string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM. @returns its exit code */
  stop(): Promise<number | null>;
  readonly ended: Promise<number | null>;
}

/** Starts an embedded ledger and a database; everything is gone when the test file ends. Call once, at the top of the file. */
export function startWorld(): Promise<World> {
  return startWorldOn(() => startEmbedded({ chaincodeDir }));
}

/** The same on another ledger, and on another database. */
export async function startWorldOn<L extends RunningLedger>(
  start: () => Promise<L>,
  startDatabase: () => Promise<FreshDatabase> = freshDatabase,
): Promise<World<L>> {
  const database = await startDatabase();
  process.env.KEY_ENCRYPTION_KEY ??= randomBytes(32).toString("hex");
  configureRecoveryKeys();
  const ledger = await start();
  process.env.LEDGER_CONNECTION = ledger.connectionFile;
  const access = await openLedgerAccess(ledger.connectionFile, database.db);
  const pool = new Pool({ connectionString: database.url, max: 2 });
  // A database that is killed breaks connections that nobody uses just then; the next query opens another.
  pool.on("error", () => undefined);
  const workers: Worker[] = [];
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    access.gateway.close();
    await pool.end();
    await ledger.stop();
  });
  return {
    ...database,
    ledger,
    access,
    pool,
    async startWorker() {
      const worker = await startWorker();
      workers.push(worker);
      return worker;
    },
  };
}

/** A resident's own subject: a transaction that depends on nothing else, and that nobody signs. */
export function subjectCommand(id: string, person = "resident-1"): Command<"subjects:register"> {
  return {
    id: randomUUID(),
    transaction: "subjects:register",
    input: { municipality: torino, id, kind: "association", digest: "a".repeat(64) },
    signer: { person, organisation: "Case", role: "resident" },
    subject: { type: "subject", id },
  };
}

/** A process that takes `LEDGER_CONNECTION` and the database from the environment. */
export async function startWorker(): Promise<Worker> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", join(root, bundled("services/worker.ts"))],
    { cwd: root, env: { ...process.env, NODE_ENV: "production" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8");
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const line = await firstLine(child);
  if (line === undefined) throw new Error(`the worker ended with ${await ended}: ${output}`);
  return {
    pid: child.pid ?? 0,
    ended,
    log: () => output,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (!child.stdout) return resolve(undefined);
    const lines = createInterface({ input: child.stdout });
    lines.once("line", resolve);
    lines.once("close", () => resolve(undefined));
  });
}
