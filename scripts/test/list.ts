import { join } from "node:path";
import {
  lackingChromium,
  lackingFabric,
  lackingHosts,
  lackingMaven,
  lackingPostgresql,
  lackingPython,
  lackingRoots,
  lackingToken,
} from "./machine";
import { check, type Section, type VitestOptions, vitest } from "./sections";

const node = process.execPath;
const tsc = ["node_modules/typescript/bin/tsc", "--noEmit"];
const postgresql = {
  environment: { COCITY_TEST_DATABASE: "postgresql" },
  lacking: lackingPostgresql,
};

/** What on PGlite is not what it is on PostgreSQL: its own process and folder, migrations, copies, dumps in key order. */
const dependsOnPglite = [
  "tests/integration/backup",
  "tests/integration/database",
  "tests/integration/live-backup",
  "tests/integration/kill",
  "tests/integration/ledger/projection",
];

/**
 * Every section of `npm test`, lane by lane in the order in which they run.
 * @param scratch a folder in which the first section with a browser leaves its trial data for the second
 */
export function allSections(scratch: string): readonly Section[] {
  const inBrowser = {
    lane: "browser",
    environment: { COCITY_TEST_BACKUP: join(scratch, "trial-data.tar.gz") },
    lacking: lackingChromium,
    needsSite: true,
  } as const;
  return [
    check("types", ["npm", "run", "--silent", "types"]),
    check("types of the contracts", [node, ...tsc, "-p", "chaincode"]),
    check("lint", ["npx", "biome", "check", "."]),
    check("imports", ["npm", "run", "--silent", "imports"]),
    check("migrations", [node, "--import", "tsx", "scripts/migration.ts", "--check"]),
    computing("unit", { project: "unit", limitMinutes: 30 }),
    computing("contracts", { project: "contracts", limitMinutes: 30 }),
    computing("voting", { project: "voting", limitMinutes: 12 }),
    computing("parts of sealed rounds", { project: "sealed-parts", limitMinutes: 12 }),
    computing("issuer's keys in a token", { project: "token", limitMinutes: 8, lacking: lackingToken }),
    computing("comparison with pabutools", {
      ...{ project: "pabutools", limitMinutes: 8, lacking: lackingPython },
    }),
    computing("sealed ballots in Python", {
      ...{ project: "second-implementation", limitMinutes: 8, lacking: lackingPython },
    }),
    computing("checks of open contracting data", {
      ...{ project: "open-contracting", limitMinutes: 8, lacking: lackingPython },
    }),
    computing("integration on PostgreSQL", { project: "integration", limitMinutes: 25, ...postgresql }),
    computing("integration on PGlite", {
      ...{ project: "integration", limitMinutes: 25, files: dependsOnPglite },
      environment: { COCITY_TEST_DATABASE: "pglite" },
    }),

    vitest("end to end", { project: "end-to-end", limitMinutes: 60, ...inBrowser }),
    onFabric("ledger", { project: "conformance", limitMinutes: 10, lacking: lackingFabric }),
    onFabric("contracts", { project: "contracts", limitMinutes: 20, lacking: lackingFabric }),
    onFabric("network", { project: "network", limitMinutes: 40, lacking: lackingHosts }),
    onFabric("journeys", {
      ...{ project: "journeys", limitMinutes: 40 },
      lacking: async () => (await lackingChromium()) ?? (await lackingFabric()),
      needsSite: true,
    }),
    // Behind the networks, which are done long before the other sections with a browser.
    vitest("accessibility", { project: "accessibility", limitMinutes: 45, ...inBrowser, lane: "fabric" }),
    // A vote that lasts minutes: it waits more than it computes.
    vitest("the trial's vote", {
      ...{ project: "trial", limitMinutes: 20, ...inBrowser, lane: "fabric" },
      lacking: lackingPython,
    }),

    computing("long: kill -9", {
      ...{ project: "integration", limitMinutes: 30, files: ["tests/integration/kill"] },
      ...{ long: true, ...postgresql },
    }),
    computing("long: notifications under kill -9", {
      ...{ project: "integration", limitMinutes: 30, files: ["tests/integration/telling-kill"] },
      ...{ long: true, ...postgresql },
    }),
    check("long: digests", ["npm", "run", "--silent", "bench", "--", "digest"], {
      ...{ limitMinutes: 20, lacking: lackingPostgresql, long: true },
    }),
    computing("long: office work", {
      ...{ project: "integration", limitMinutes: 50, files: ["tests/integration/office-work"] },
      ...{ long: true, ...postgresql },
    }),
    computing("long: comparison with pabutools", {
      ...{ project: "pabutools", limitMinutes: 20, lacking: lackingPython, long: true },
    }),
    computing("long: verifier in a browser", {
      ...{
        project: "unit",
        limitMinutes: 20,
        files: ["verifier/browser"],
        lacking: lackingChromium,
        long: true,
      },
    }),
    // Maven's registry is one that not every machine reaches on which the tests have to run.
    computing("long: checks of PDFs with veraPDF", {
      ...{ project: "pdf", limitMinutes: 8, lacking: lackingMaven, long: true },
    }),
    check("long: image", ["npm", "run", "--silent", "check:image"], {
      ...{ limitMinutes: 30, lacking: lackingRoots, long: true },
    }),
    vitest("long: hostile requests", {
      ...{ project: "end-to-end", limitMinutes: 80, files: ["tests/e2e/hostile-requests"], long: true },
      ...inBrowser,
    }),
    check("long: advisories", ["npm", "run", "--silent", "advisories"], { long: true }),
    check("long: mutation", ["npm", "run", "--silent", "test:mutation"], { long: true, limitMinutes: 90 }),
    onFabric("long: faults", {
      ...{ project: "network", limitMinutes: 40, files: ["tests/fabric/faults"] },
      ...{ lacking: lackingHosts, long: true },
    }),
  ];
}

function computing(name: string, options: Omit<VitestOptions, "lane">): Section {
  return vitest(name, { lane: "computing", ...options });
}

/** On a real Fabric network: `npm run test:fabric` runs these alone. */
function onFabric(name: string, options: Omit<VitestOptions, "lane">): Section {
  return vitest(options.long ? name : `fabric: ${name}`, {
    lane: "fabric",
    config: "tests/fabric/vitest.config.ts",
    ...options,
  });
}
