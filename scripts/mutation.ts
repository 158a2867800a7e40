/*
 * npm run test:mutation [-- AREA… --whole --share SHARE --seed SEED]: changes the code in one place at a time and counts
 * how many of the changes the tests notice. It tries a sample, the same one for the same seed; `--whole` tries every
 * change. Prints each that nothing noticed, and ends with 1 where an area has fewer noticed than it must.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { buildForTests } from "./build";
import { type Area, areaSetting, areas, isAreaName } from "./mutation/areas";
import { equivalents } from "./mutation/equivalents";
import { sampler, sampleSettings } from "./mutation/sample";
import { type Tally, tallyOf, wordsOf } from "./mutation/tally";
import { endAllOnSignal } from "./test/run";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { whole: { type: "boolean" }, share: { type: "string" }, seed: { type: "string", default: "1" } },
});

const unknown = positionals.find((name) => !isAreaName(name));
if (unknown !== undefined) {
  console.error(`There is no area ${unknown}. There are: ${Object.keys(areas).join(", ")}.`);
  process.exit(2);
}
const chosen = Object.keys(areas).filter((name) => positionals.length === 0 || positionals.includes(name));

// What tests run is generated from the sources, as for all other tests.
await buildForTests();

const scratch = await mkdtemp(join(tmpdir(), "cocity-mutation-"));
// Stryker's workers outlive it where it is stopped.
endAllOnSignal(() => rm(scratch, { recursive: true, force: true }));

const lines: string[] = [];
try {
  for (const name of chosen.filter(isAreaName)) {
    const area: Area = areas[name];
    const tally = await breakArea(name, area);
    const isEnough = tally.noticed >= area.least;
    if (!isEnough) process.exitCode = 1;
    console.log(`\n── ${name}\n${wordsOf(tally)}`);
    lines.push(
      `${name}: ${tally.killed} of ${tally.tried} noticed, ${tally.noticed.toFixed(1)} % of at least ${area.least} %${isEnough ? "" : ": TOO FEW"}`,
    );
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
console.log(`\n${lines.join("\n")}`);

async function breakArea(name: string, area: Area): Promise<Tally> {
  const share = values.whole ? 1 : Number(values.share ?? area.share);
  Object.assign(process.env, {
    [areaSetting]: name,
    [sampleSettings.share]: String(share),
    [sampleSettings.seed]: values.seed,
  });
  const results = await new Stryker({
    mutate: [...area.mutate],
    testRunner: "vitest",
    // A worker that loops for ever ends with its process only where it is a thread of it.
    vitest: { configFile: "scripts/mutation/vitest.config.ts", related: false, pool: "threads" },
    plugins: ["@stryker-mutator/vitest-runner", "./scripts/mutation/sample.ts"],
    checkers: [sampler],
    coverageAnalysis: "perTest",
    timeoutFactor: 1,
    disableTypeChecks: false,
    // Stryker would read it with TypeScript's JavaScript API, which TypeScript 7 has not; vitest does without.
    tsconfigFile: "none",
    ignorePatterns: ["/data", "/build", "/coverage", "/test-results", "/.vitest"],
    tempDirName: scratch,
    cleanTempDir: "always",
    reporters: ["progress-append-only"],
    allowConsoleColors: false,
    warnings: false,
  }).runMutationTest();
  return await tallyOf(
    results.map((result) => ({ ...result, fileName: relative(process.cwd(), result.fileName) })),
    equivalents,
  );
}
