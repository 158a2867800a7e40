/*
 * npm run test:mutation [-- AREA… --whole --share SHARE --seed SEED --file FILE…]: changes the code in one place at a time and counts
 * how many of the changes the tests notice. It tries a sample, the same one for the same seed; `--whole` tries every
 * change, and `--file` changes these files of the area alone. Prints each that nothing noticed, and ends with 1 where an area has fewer noticed than it must. What an area
 * prints can be read in `test-results` while it runs.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildForTests } from "./build";
import { type Area, areaSetting, areas, filesSetting, isAreaName } from "./mutation/areas";
import { sampleSettings } from "./mutation/sample";
import { endAllOnSignal, runGathered } from "./test/run";

/** An area that takes longer is stopped, and counts as wrong. */
const limitMinutes = { sample: 40, whole: 600 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ whole: { type: "boolean" }, share: { type: "string" }, seed: { type: "string", default: "1" } },
    file: { type: "string", multiple: true },
  },
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
// Stryker ends at once where it is stopped, and its workers outlive it: it runs in a process of its own.
const clean = () => rm(scratch, { recursive: true, force: true });
endAllOnSignal(clean);
try {
  for (const name of chosen.filter(isAreaName)) {
    const area: Area = areas[name];
    const { code, output } = await runGathered(
      `mutation ${name}`,
      [process.execPath, "--import", "tsx", "scripts/mutation/run-area.ts", name, scratch],
      {
        [areaSetting]: name,
        [sampleSettings.share]: values.whole ? "1" : (values.share ?? String(area.share)),
        [sampleSettings.seed]: values.seed,
        ...(values.file && { [filesSetting]: values.file.join(",") }),
      },
      values.whole ? limitMinutes.whole : limitMinutes.sample,
    );
    if (code !== 0) process.exitCode = 1;
    console.log(output);
  }
} finally {
  await clean();
}
