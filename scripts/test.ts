/*
 * npm test [-- SECTION…]: everything, or the sections named, one after the other. What the machine lacks is
 * installed if it can be; otherwise its section is named as not run, and with CI=true that is a failure.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "@/lib/env";
import { build, buildForTests } from "./build";
import { CommandFailure } from "./start/run";
import {
  lackingChromium,
  lackingFabric,
  lackingHosts,
  lackingPostgresql,
  lackingPython,
} from "./test/machine";
import { check, type Outcome, type Section, type VitestSection, vitest } from "./test/sections";

const node = process.execPath;
const tsc = ["node_modules/typescript/bin/tsc", "--noEmit"];

// Trial data that the first section with a browser wrote and the second begins with.
const scratch = await mkdtemp(join(tmpdir(), "cocity-test-"));
const inBrowser = {
  environment: { COCITY_TEST_BACKUP: join(scratch, "trial-data.tar.gz") },
  lacking: lackingChromium,
  needsSite: true,
};

const sections: readonly Section[] = [
  check("types", ["npm", "run", "--silent", "types"]),
  check("types of the contracts", [node, ...tsc, "-p", "chaincode"]),
  check("lint", ["npx", "biome", "check", "."]),
  check("imports", ["npm", "run", "--silent", "imports"]),
  check("migrations", [node, "--import", "tsx", "scripts/migration.ts", "--check"]),
  vitest("unit", { project: "unit", limitMinutes: 12 }),
  vitest("contracts", { project: "contracts", limitMinutes: 10 }),
  vitest("voting", { project: "voting", limitMinutes: 8 }),
  vitest("comparison with pabutools", { project: "pabutools", limitMinutes: 8, lacking: lackingPython }),
  vitest("integration on PGlite", {
    ...{ project: "integration", limitMinutes: 15 },
    environment: { COCITY_TEST_DATABASE: "pglite" },
  }),
  vitest("integration on PostgreSQL", {
    ...{ project: "integration", limitMinutes: 15 },
    environment: { COCITY_TEST_DATABASE: "postgresql" },
    lacking: lackingPostgresql,
  }),
  vitest("end to end", { project: "end-to-end", limitMinutes: 25, ...inBrowser }),
  vitest("accessibility", { project: "accessibility", limitMinutes: 20, ...inBrowser }),
  onFabric("ledger", { project: "conformance", limitMinutes: 10, lacking: lackingFabric }),
  onFabric("contracts", { project: "contracts", limitMinutes: 10, lacking: lackingFabric }),
  onFabric("network", { project: "network", limitMinutes: 30, lacking: lackingHosts }),
  onFabric("end to end", {
    ...{ project: "end-to-end", limitMinutes: 25 },
    lacking: async () => (await lackingChromium()) ?? (await lackingFabric()),
    needsSite: true,
  }),
];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !sections.some((section) => section.name.startsWith(name)));
if (unknown) {
  console.error(`There is no section ${unknown}. There are: ${sections.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const chosen = sections.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)),
);

const total: Outcome = { passed: 0, failed: 0 };
const lines: string[] = [];
if (await prepare()) for (const section of chosen) await runSection(section);
await rm(scratch, { recursive: true, force: true });
console.log(`\n${lines.join("\n")}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** The same suites, and more, on a real Fabric network: `npm run test:fabric` runs these alone. */
function onFabric(name: string, section: VitestSection): Section {
  return vitest(`fabric: ${name}`, { ...section, config: "tests/fabric/vitest.config.ts" });
}

/** Types are generated and the contracts bundled before anything can be checked; only browsers need the site. */
async function prepare(): Promise<boolean> {
  try {
    await (chosen.some(({ needsSite }) => needsSite) ? build() : buildForTests());
    return true;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    console.log(`${error.message}\n${error.output}`);
    record("build", { passed: 0, failed: 1 }, 0);
    return false;
  }
}

async function runSection({ name, lacking, run }: Section): Promise<void> {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const missing = await lacking?.();
  if (missing && !env.CI) lines.push(`${name}: NOT RUN, ${missing}`);
  else if (missing) record(`${name} (${missing})`, { passed: 0, failed: 1 }, started);
  else record(name, await run(), started);
}

function record(name: string, { passed, failed }: Outcome, started: number): void {
  total.passed += passed;
  total.failed += failed;
  const seconds = started ? ` in ${((Date.now() - started) / 1000).toFixed(0)} s` : "";
  lines.push(`${name}: ${passed} right, ${failed} wrong${seconds}`);
}
