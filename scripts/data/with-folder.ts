import { join } from "node:path";
import { FolderLockedError, lockFolder } from "@/services/database/lock";
import type { Control } from "../../services/supervisor/control";
import { readDescription } from "../../services/supervisor/data-folder";
import { readControl } from "./pause";

/**
 * Runs `work` on a data folder that a Co-City may be running on: with what its supervisor says of itself, or, where
 * none runs, with the folder held so that none can start meanwhile.
 * @throws StartFailure for a folder that is no data folder
 */
export async function withFolder<T>(
  folder: string,
  work: (control: Control | undefined) => Promise<T>,
): Promise<T> {
  await readDescription(folder);
  const lock = await lockFolder(join(folder, "lock")).catch((error: unknown) => {
    if (error instanceof FolderLockedError) return undefined;
    throw error;
  });
  try {
    return await work(lock ? undefined : await readControl(folder));
  } finally {
    await lock?.release();
  }
}
