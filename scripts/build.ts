import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { programsFolder } from "@/lib/programs";
import { FolderLockedError, lockFolder } from "@/services/database/lock";
import { CommandFailure, runQuietly } from "../services/supervisor/run";
import { hashSources, isFresh, stamp } from "../services/supervisor/sources";
import { words } from "../services/supervisor/words";
import { generatePrismaClient } from "./generate";
import { bundlePrograms } from "./programs";

type Step = {
  title: string;
  /** Files and folders that the result is made of. */
  sources: readonly string[];
  /** Lies within the result, so that it goes when the result does. */
  stampFile: string;
  make(): Promise<unknown>;
};

const prismaSources = ["prisma/schema", "prisma.config.ts", "package-lock.json"];

const clientStep: Step = {
  title: words.building.client,
  sources: prismaSources,
  stampFile: join("generated", "prisma", ".sources"),
  make: generatePrismaClient,
};

const chaincodeStep: Step = {
  title: words.building.chaincode,
  sources: ["chaincode", "protocol", "voting", "package-lock.json"],
  stampFile: join("chaincode", "dist", ".sources"),
  make: () => runQuietly("npm", ["run", "build", "--workspace", "chaincode"]),
};

const programsStep: Step = {
  title: words.building.programs,
  sources: [
    ...prismaSources,
    ...["features", "ledger", "lib", "messages", "prisma", "protocol", "scripts", "services", "voting"],
    ...["chaincode/src", "tsconfig.json", "package.json"],
  ],
  stampFile: join(programsFolder, ".sources"),
  async make() {
    await rm(programsFolder, { recursive: true, force: true });
    await bundlePrograms();
  },
};

const siteStep: Step = {
  title: words.building.site,
  sources: [
    ...prismaSources,
    ...["app", "components", "features", "lib", "ledger", "voting", "messages", "public"],
    ...["protocol", "chaincode/src"],
    ...[
      "proxy.ts",
      "instrumentation.ts",
      "next.config.ts",
      "postcss.config.mjs",
      "tsconfig.json",
      "package.json",
    ],
  ],
  stampFile: join(".next", ".sources"),
  async make() {
    await rm(join(".next", ".sources"), { force: true });
    await runQuietly(process.execPath, [join("node_modules", "next", "dist", "bin", "next"), "build"], {
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    });
  },
};

/** Makes what is older than its sources: the database client, the contracts, the programs and the site. */
export async function build(): Promise<void> {
  await makeStale([clientStep, chaincodeStep, programsStep, siteStep]);
}

/** What types, lint and tests need, without the site. */
export async function buildForTests(): Promise<void> {
  await makeStale([clientStep, chaincodeStep, programsStep]);
}

async function makeStale(steps: readonly Step[]): Promise<void> {
  await mkdir("generated", { recursive: true });
  const lock = await waitForLock(join("generated", "build-lock"));
  try {
    for (const { title, sources, stampFile, make } of steps) {
      const hash = await hashSources(sources);
      if (await isFresh(stampFile, hash)) continue;
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
    if (!(error instanceof CommandFailure)) throw error;
    console.error(`${words.failed.build}\n${error.message}\n${error.output}`);
    process.exitCode = 1;
  }
}
