import { join } from "node:path";
import { StartFailure } from "./failure";
import { CommandFailure, runQuietly } from "./run";
import { words } from "./words";

/**
 * Backs up the folder of the Co-City that runs, before a step that cannot be taken back.
 * @param reason begins the name of the file, which lies in the folder itself and in no later backup
 * @returns the file
 */
export async function backUp(folder: string, reason: string): Promise<string> {
  const moment = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const file = join(folder, `${reason}-${moment}.tar.gz`);
  try {
    await runQuietly(process.execPath, ["--import", "tsx", "scripts/data.ts", "backup", file], {
      COCITY_DATA: folder,
    });
  } catch (error) {
    if (error instanceof CommandFailure) throw new StartFailure(`${words.failed.backup}\n${error.output}`);
    throw error;
  }
  return file;
}
