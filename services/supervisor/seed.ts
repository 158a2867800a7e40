import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { bundled, type ProgramSource } from "@/lib/programs";
import { StartFailure } from "./failure";
import { onServer } from "./services";
import { words } from "./words";

const followParent = pathToFileURL(bundled("services/supervisor/follow-parent.ts")).href;

type Run = {
  environment: NodeJS.ProcessEnv;
  logFile: string;
  signal: AbortSignal;
  args?: readonly string[];
};

/**
 * Runs the seed, which says on standard output how far it is. It may be cut short and run again: what is on the
 * ledger already is recognised by its idempotency key.
 */
export async function seed(run: Run): Promise<void> {
  const { code, tail } = await runToItsEnd("prisma/seed/main.ts", run, (line) => console.log(`  ${line}`));
  if (code !== 0) throw new StartFailure([words.failed.seed(run.logFile), ...tail].join("\n"));
}

/** Runs a program that ends by itself, and goes with this process. @returns its exit code and the end of what went wrong */
export async function runToItsEnd(
  source: ProgramSource,
  { environment, logFile, signal, args = [] }: Run,
  told: (line: string) => void,
): Promise<{ code: number | null; tail: readonly string[] }> {
  const log = createWriteStream(logFile, { flags: "a", mode: 0o600 });
  const child = spawn(process.execPath, ["--import", followParent, ...onServer(source), ...args], {
    env: environment,
    signal,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const tail: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => {
    log.write(chunk);
    tail.push(...chunk.toString().split("\n").filter(Boolean));
    tail.splice(0, tail.length - 15);
  });
  const lines = child.stdout && createInterface(child.stdout);
  lines?.on("line", (line) => {
    log.write(`${line}\n`);
    told(line);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      tail.push(error.message);
      resolve(null);
    });
    child.once("close", resolve);
  });
  await new Promise<void>((resolve) => log.end(() => resolve()));
  return { code, tail };
}
