/*
 * npm run bench [-- NAME…]: runs the measurements of tests/bench, each a module whose default export measures
 * and returns an object, and prints one JSON object with the results by name. Progress goes to standard error.
 */
import { readdir } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { build } from "./build";

const folder = "tests/bench";

const moduleSchema = z.object({
  default: z.custom<() => Promise<object>>((value) => typeof value === "function"),
});

const names = (await readdir(folder))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !names.includes(name));
if (unknown) {
  console.error(`There is no measurement ${unknown}. There are: ${names.join(", ")}.`);
  process.exit(2);
}

const results: Record<string, object> = {};
// Standard output is for the results alone.
console.log = console.error;
await build();
for (const name of names.filter((candidate) => wanted.length === 0 || wanted.includes(candidate))) {
  console.error(`measuring: ${name}`);
  const { default: measure } = moduleSchema.parse(
    await import(pathToFileURL(join(folder, `${name}.ts`)).href),
  );
  results[name] = await measure();
}
const machine = {
  cores: cpus().length,
  model: cpus()[0]?.model.trim(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
};
process.stdout.write(`${JSON.stringify({ machine, ...results }, null, 2)}\n`);
process.exit(0);
