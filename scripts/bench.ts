/*
 * npm run bench [-- NAME…] [--ledger embedded|fabric]: runs the measurements of tests/bench, each a module as
 * tests/bench/measurement/module.ts describes it, and prints one JSON object with the results by name. Progress goes to
 * standard error. What a machine lacks the means for is named with the reason; asked for by name, that is a failure.
 */
import { readdir } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ledgerKind, measurementModule, NotMeasurable } from "@/tests/bench/measurement/module";
import { build, buildForTests } from "./build";

const folder = "tests/bench";

const names = (await readdir(folder))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .sort();
const { wanted, options } = readArguments();
// Before anything is loaded that logs: a line for each ballot would be measured too.
process.env.LOG_LEVEL ||= "error";
const measurements = await Promise.all(
  names
    .filter((name) => wanted.length === 0 || wanted.includes(name))
    .map(async (name) => {
      const module: unknown = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
      return { name, ...measurementModule.parse(module) };
    }),
);
const chosen = measurements.filter(({ onlyByName }) => !onlyByName || wanted.length > 0);

// Standard output is for the results alone.
console.log = console.error;
if (chosen.some(({ needs }) => needs === "site")) await build();
else if (chosen.some(({ needs }) => needs === "contracts")) await buildForTests();

const results: Record<string, object> = {};
let code = 0;
for (const { name, default: measure } of chosen) {
  console.error(`measuring: ${name}`);
  try {
    results[name] = await measure(options);
  } catch (error) {
    if (!(error instanceof NotMeasurable)) throw error;
    console.error(`${name}: not measured, ${error.message}`);
    results[name] = { notMeasured: error.message };
    if (wanted.length > 0) code = 1;
  }
}
const machine = {
  cores: cpus().length,
  model: cpus()[0]?.model.trim(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
};
process.stdout.write(`${JSON.stringify({ machine, ...results }, null, 2)}\n`);
process.exit(code);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { ledger: { type: "string", default: "embedded" } },
    });
    const unknown = positionals.find((name) => !names.includes(name));
    if (unknown) throw new Error(`There is no measurement ${unknown}. There are: ${names.join(", ")}.`);
    const ledger = ledgerKind.safeParse(values.ledger);
    if (!ledger.success)
      throw new Error(`--ledger takes ${ledgerKind.options.join(" or ")}, not ${values.ledger}.`);
    return { wanted: positionals, options: { ledger: ledger.data } };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
