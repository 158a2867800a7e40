import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { bundled } from "@/lib/programs";
import { logFile, ProcessError, runningPid } from "./processes";

const NAME = "supervisor";

/**
 * Starts the supervisor of a folder, unless one runs, as a process that outlives this one.
 * @param guardian a process without which it ends too, with everything it runs: a test leaves nothing behind.
 */
export async function startSupervisor(folder: string, guardian?: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (await runningPid(folder, NAME)) return;
  const output = openSync(logFile(folder, NAME), "a", 0o600);
  const program = bundled("services/supervisor/network.ts");
  const child = spawn(process.execPath, [program, folder, ...(guardian ? [String(guardian)] : [])], {
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.unref();
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    if (await runningPid(folder, NAME)) return;
    if (child.exitCode !== null) break;
  }
  throw new ProcessError(`The supervisor did not start: see ${logFile(folder, NAME)}`);
}

/** Ends the supervisor and with it every process; answers whether one ran. */
export async function stopSupervisor(folder: string): Promise<boolean> {
  const pid = await runningPid(folder, NAME);
  if (pid === undefined) return false;
  process.kill(pid, "SIGTERM");
  for (const deadline = Date.now() + 40_000; Date.now() < deadline; await sleep(50))
    if ((await runningPid(folder, NAME)) === undefined) return true;
  throw new ProcessError("The supervisor did not end in 40 seconds");
}
