/*
 * npm run data -- backup FILE            everything the server keeps, as of one moment, also while it runs
 *                                        without the trial signer's keys, unless --signer-keys takes them along
 * npm run data -- restore FILE [--force] a data folder of it; one that is not empty is set aside with --force
 *
 * COCITY_DATA names the data folder; DATABASE_URL and LEDGER_CONNECTION as for npm start. A Fabric network is
 * backed up by its organisations. Secrets that the environment gives are not in the file: keep them too.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { env } from "@/lib/env";
import { FolderLockedError, lockFolder } from "@/services/database/lock";
import { StartFailure } from "../services/supervisor/failure";
import { backup } from "./data/backup";
import { restore } from "./data/restore";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    force: { type: "boolean", default: false },
    "signer-keys": { type: "boolean", default: false },
  },
});
const [command, file] = positionals;
if (!file || (command !== "backup" && command !== "restore")) {
  console.error(
    "usage: npm run data -- backup FILE [--signer-keys]\n       npm run data -- restore FILE [--force]",
  );
  process.exit(2);
}

try {
  if (command === "backup") {
    const { bytes, rows, pausedMs, withoutSignerKeys, ...report } = await backup(env.COCITY_DATA, file, {
      signerKeys: values["signer-keys"],
    });
    console.log(
      `${report.file}: ${rows} rows, ${(bytes / 1024 / 1024).toFixed(1)} MB, readable by you alone.`,
    );
    console.log(
      `Writing was held for ${(pausedMs / 1000).toFixed(1)} s. The file contains secret keys: guard it.`,
    );
    if (withoutSignerKeys)
      console.log(
        "The trial signer's keys are not in it: with this file alone nobody can sign in a trial's office any more. --signer-keys takes them along.",
      );
  } else {
    await refuseRunning(env.COCITY_DATA);
    const { madeAt, rows, setAside } = await restore(env.COCITY_DATA, file, values.force);
    console.log(`${env.COCITY_DATA}: restored to ${madeAt}, ${rows} rows. Start it with npm start.`);
    if (setAside) console.log(`What was there before is in ${setAside}.`);
  }
} catch (error) {
  const plain = error instanceof StartFailure || error instanceof Error;
  console.error(plain ? `The ${command} failed: ${error.message}` : error);
  process.exitCode = 1;
}

/** A folder in use is not replaced under the feet of whoever uses it. */
async function refuseRunning(folder: string): Promise<void> {
  if (!existsSync(join(folder, "lock"))) return;
  try {
    const lock = await lockFolder(join(folder, "lock"));
    await lock.release();
  } catch (error) {
    if (error instanceof FolderLockedError)
      throw new StartFailure(`a Co-City is running on ${folder}; stop it first`);
  }
}
