import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { freePort } from "@/tests/free-port";
import { startCoCity } from "./co-city";

declare module "vitest" {
  interface ProvidedContext {
    site: {
      origin: string;
      signerOrigin: string;
      data: string;
      supervisor: number;
      ledger: "embedded" | "fabric";
    };
  }
}

const run = promisify(execFile);

/**
 * A Co-City with the trial data on its embedded ledger. Where COCITY_TEST_BACKUP names a file, the first leaves its
 * trial data there and the next begin with it.
 */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  const backup = process.env.COCITY_TEST_BACKUP;
  return startSite(project, backup === undefined ? {} : { backup });
}

/**
 * A Co-City on a data folder of its own and a free port.
 * @param options.connection `connection.json` of a Fabric network; without it the ledger is an embedded one
 * @param options.data a folder that holds at most the trial signer's keys; without it a new one
 * @returns what ends it
 */
export async function startSite(
  project: TestProject,
  options: { backup?: string; connection?: string; data?: string },
): Promise<() => Promise<void>> {
  const data = options.data ?? (await newDataFolder());
  const port = await freePort();
  const remove = () => rm(data, { recursive: true, force: true });
  const { backup, connection } = options;
  try {
    const known = backup !== undefined && existsSync(backup);
    if (known) await keepOrBring("restore", backup, data);
    const { origin, signerOrigin, processId, stop } = await startCoCity(data, port, connection);
    if (backup && !existsSync(backup)) {
      // Two that begin at the same time each have the trial's data.
      const own = `${backup}.${process.pid}`;
      await keepOrBring("backup", own, data, "--signer-keys");
      await rename(own, backup);
    }
    const ledger = connection ? "fabric" : "embedded";
    project.provide("site", { origin, signerOrigin, data, supervisor: processId, ledger });
    return async () => {
      await stop();
      await remove();
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

export function newDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "cocity-site-"));
}

/** `npm run data`. */
export async function keepOrBring(
  command: "backup" | "restore",
  file: string,
  data: string,
  ...options: string[]
): Promise<void> {
  const program = ["--import", "tsx", "scripts/data.ts"];
  await run(process.execPath, [...program, command, file, ...options], {
    env: { ...process.env, COCITY_DATA: data },
  });
}
