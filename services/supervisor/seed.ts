import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { bundled } from "@/lib/programs";
import { StartFailure } from "./failure";
import { onServer } from "./services";
import { words } from "./words";

const followParent = pathToFileURL(bundled("services/supervisor/follow-parent.ts")).href;

/**
 * Runs the seed, which says on standard output how far it is. It may be cut short and run again: what is on the
 * ledger already is recognised by its idempotency key.
 */
export async function seed(
  environment: NodeJS.ProcessEnv,
  logFile: string,
  signal: AbortSignal,
  args: readonly string[] = [],
): Promise<void> {
  const log = createWriteStream(logFile, { flags: "a", mode: 0o600 });
  const child = spawn(
    process.execPath,
    ["--import", followParent, ...onServer("prisma/seed/main.ts"), ...args],
    {
      env: environment,
      signal,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  const tail: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => {
    log.write(chunk);
    tail.push(...chunk.toString().split("\n").filter(Boolean));
    tail.splice(0, tail.length - 15);
  });
  const lines = child.stdout && createInterface(child.stdout);
  lines?.on("line", (line) => {
    log.write(`${line}\n`);
    console.log(`  ${line}`);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      tail.push(error.message);
      resolve(null);
    });
    child.once("close", resolve);
  });
  await new Promise<void>((resolve) => log.end(() => resolve()));
  if (code !== 0) throw new StartFailure([words.failed.seed(logFile), ...tail].join("\n"));
}
