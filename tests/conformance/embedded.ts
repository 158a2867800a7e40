import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Connection, readConnection } from "@/ledger/client/connection";
import { bundled } from "@/lib/programs";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface EmbeddedOptions {
  /** An existing data folder to start on; without it a new one is made, and removed by `stop`. */
  readonly data?: string;
  /** A built chaincode package; the conformance chaincode without it. */
  readonly chaincodeDir?: string;
  /** Further arguments of `ledger/embedded/main.ts`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A test run that is killed must leave no ledger behind. */
const endWithParent = `data:text/javascript,${encodeURIComponent(
  'process.stdin.on("end",()=>process.exit(0)).on("error",()=>process.exit(0)).resume()',
)}`;

/** An embedded ledger running as a child process. */
export interface EmbeddedLedger {
  readonly connection: Connection;
  /** Path of `connection.json`. */
  readonly connectionFile: string;
  readonly data: string;
  readonly height: number;
  readonly pid: number;
  /** Everything it wrote on standard error so far. */
  log(): string;
  /** Ends it with SIGTERM and removes the folder if it was made here. @returns its exit code */
  stop(): Promise<number | null>;
  /** `kill -9`; the folder stays. */
  kill(): Promise<void>;
}

/** The ledger did not start: what it said and its exit code. */
export class EmbeddedStartError extends Error {
  override readonly name = "EmbeddedStartError";
  constructor(
    readonly exitCode: number | null,
    readonly output: string,
  ) {
    super(`the embedded ledger ended with ${exitCode}: ${output}`);
  }
}

export const conformanceChaincode = join(root, "tests/conformance/chaincode");

/** Starts an embedded ledger on free ports. @throws EmbeddedStartError */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedLedger> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "cocity-ledger-")));
  const child = spawnLedger(data, options);
  let output = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8");
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const ready = await Promise.race([firstLine(child), exited.then(() => undefined)]);
  if (ready === undefined) {
    const code = await exited;
    if (!options.data) await rm(data, { recursive: true, force: true });
    throw new EmbeddedStartError(code, output);
  }
  const { connection: connectionFile, height } = JSON.parse(ready) as { connection: string; height: number };
  return {
    connection: await readConnection(connectionFile),
    connectionFile,
    data,
    height,
    pid: child.pid ?? 0,
    log: () => output,
    async stop() {
      child.kill("SIGTERM");
      const code = await exited;
      if (!options.data) await rm(data, { recursive: true, force: true });
      return code;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function spawnLedger(data: string, { chaincodeDir, args = [], env = {} }: EmbeddedOptions): ChildProcess {
  const dir = chaincodeDir ?? conformanceChaincode;
  const fixed = ["--data", data, "--chaincode-dir", dir];
  return spawn(
    process.execPath,
    ["--import", endWithParent, join(root, bundled("ledger/embedded/main.ts")), ...fixed, ...args],
    {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) return undefined;
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    new Promise<[string]>((resolve) => lines.once("line", (text: string) => resolve([text]))),
    new Promise<[undefined]>((resolve) => lines.once("close", () => resolve([undefined]))),
  ]);
  return line;
}
