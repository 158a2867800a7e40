import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { FolderLockedError, lockFolder } from "@/services/database/lock";

/** Held by each supervisor that runs from this checkout, under its process id. */
const runningFolder = join("generated", "running");

/** Says, until this process ends however it ends, that a Co-City runs from this checkout. */
export async function markRunning(folder = runningFolder): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await lockFolder(join(folder, String(process.pid)));
  } catch (error) {
    // Where nothing can be written, nothing can be built beneath it either.
    if (!isReadOnly(error)) throw error;
  }
}

/** Process ids of the Co-Citys that run from this checkout; what ended ones left is cleared away. */
export async function runningHere(folder = runningFolder): Promise<string[]> {
  const running: string[] = [];
  for (const id of await readdir(folder).catch(() => [])) {
    const path = join(folder, id);
    try {
      await (await lockFolder(path)).release();
      await rm(path, { recursive: true });
    } catch (error) {
      if (!(error instanceof FolderLockedError)) throw error;
      running.push(id);
    }
  }
  return running;
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["EROFS", "EACCES"].includes(String(error.code));
}
