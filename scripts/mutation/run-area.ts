/* Part of `npm run test:mutation`: changes the code of one area within a folder for copies of the repository. */
import { relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { type Area, areas, filesSetting, isAreaName } from "./areas";
import { equivalents } from "./equivalents";
import { sampler } from "./sample";
import { tallyOf, wordsOf } from "./tally";

const [name = "", scratch] = process.argv.slice(2);
if (!isAreaName(name) || !scratch) throw new Error("it is started with an area and a folder");
const { mutate: whole, least }: Area = areas[name];
const mutate = process.env[filesSetting]?.split(",") ?? whole;

const results = await new Stryker({
  mutate: [...mutate],
  testRunner: "vitest",
  // A worker that loops for ever ends with its process only where it is a thread of it.
  vitest: { configFile: "scripts/mutation/vitest.config.ts", related: false, pool: "threads" },
  plugins: ["@stryker-mutator/vitest-runner", "./scripts/mutation/sample.ts"],
  checkers: [sampler],
  coverageAnalysis: "perTest",
  // A test that hangs is noticed; one that only takes longer on a busy machine must not count as hanging.
  timeoutMS: 60_000,
  timeoutFactor: 1,
  // All tests of an area once, before anything is changed: the limit of the whole run is what ends them.
  dryRunTimeoutMinutes: 600,
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

const tally = await tallyOf(
  results.map((result) => ({ ...result, fileName: relative(process.cwd(), result.fileName) })),
  equivalents,
);
const isEnough = tally.noticed >= least;
console.log(`\n── ${name}\n${wordsOf(tally)}`);
console.log(`${name}: ${tally.noticed.toFixed(1)} % of at least ${least} %${isEnough ? "" : ": TOO FEW"}`);
process.exitCode = isEnough ? 0 : 1;
