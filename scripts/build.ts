import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { programsFolder } from "@/lib/programs";
import { FolderLockedError, lockFolder } from "@/services/database/lock";
import { StartFailure } from "../services/supervisor/failure";
import { CommandFailure, runQuietly } from "../services/supervisor/run";
import { runningHere } from "../services/supervisor/running";
import { hashSources, isFresh, stamp } from "../services/supervisor/sources";
import { words } from "../services/supervisor/words";
import { bundleBrowserVerifier } from "./browser-verifier";
import { type Step, steps } from "./built";
import { compressScripts } from "./compress-scripts";
import { bundleCheckPage, bundleDeviceProgram } from "./device-program";
import { generatePrismaClient } from "./generate";
import { bundlePrograms } from "./programs";

/** How each step is made, in the order in which they need each other. */
const makers = [
  { step: steps.client, title: words.building.client, make: generatePrismaClient },
  {
    step: steps.chaincode,
    title: words.building.chaincode,
    make: () => runQuietly("npm", ["run", "build", "--workspace", "chaincode"]),
  },
  {
    step: steps.programs,
    title: words.building.programs,
    async make() {
      await rm(programsFolder, { recursive: true, force: true });
      await bundlePrograms();
    },
  },
  {
    step: steps.device,
    title: words.building.device,
    async make() {
      await Promise.all([bundleDeviceProgram(), bundleCheckPage()]);
    },
  },
  { step: steps.verifier, title: words.building.verifier, make: () => bundleBrowserVerifier() },
  {
    step: steps.site,
    title: words.building.site,
    async make() {
      await rm(steps.site.stampFile, { force: true });
      await runQuietly(process.execPath, [join("node_modules", "next", "dist", "bin", "next"), "build"], {
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
      });
      await compressScripts(join(".next", "static"));
    },
  },
] as const;

/** Makes what is older than its sources: the database client, the contracts, the programs and the site. */
export async function build(): Promise<void> {
  await makeStale(Object.values(steps));
}

/** What types, lint and tests need, without the site. */
export async function buildForTests(): Promise<void> {
  await makeStale([steps.client, steps.chaincode, steps.programs, steps.device, steps.verifier]);
}

/** What other programs start. */
export async function buildPrograms(): Promise<void> {
  await makeStale([steps.client, steps.programs, steps.device]);
}

async function makeStale(wanted: readonly Step[]): Promise<void> {
  await mkdir("generated", { recursive: true });
  const lock = await waitForLock(join("generated", "build-lock"));
  try {
    for (const { step, title, make } of makers.filter(({ step }) => wanted.includes(step))) {
      const { sources, stampFile } = step;
      const hash = await hashSources(sources);
      if (await isFresh(stampFile, hash)) continue;
      await requireNothingRuns();
      const started = Date.now();
      console.log(title);
      await make();
      await stamp(stampFile, hash);
      console.log(words.took(((Date.now() - started) / 1000).toFixed(1)));
    }
  } finally {
    await lock.release();
  }
}

/** @throws StartFailure where a running Co-City would lose the files that it answers with */
async function requireNothingRuns(): Promise<void> {
  const running = await runningHere();
  if (running.length > 0) throw new StartFailure(words.failed.runsHere(running.join(", ")));
}

async function waitForLock(path: string): Promise<{ release(): Promise<void> }> {
  for (let told = false; ; told = true) {
    try {
      return await lockFolder(path);
    } catch (error) {
      if (!(error instanceof FolderLockedError)) throw error;
      if (!told) console.log(words.waitingForBuild);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

if (import.meta.main) {
  try {
    await build();
  } catch (error) {
    if (error instanceof StartFailure) console.error(error.message);
    else if (error instanceof CommandFailure)
      console.error(
        `${words.failed.build}\n${error.message}\n${error.output.split("\n").slice(-40).join("\n")}`,
      );
    else throw error;
    process.exitCode = 1;
  }
}
