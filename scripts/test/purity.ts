/*
 * npx tsx scripts/test/purity.ts
 *
 * Decisions read no clock, draw no randomness and know no locale: what the import rules cannot see because it
 * needs no import. Prints each place and ends with 1 where there is one.
 */
import { glob, readFile } from "node:fs/promises";

const pure = ["protocol/**/*.ts", "voting/**/*.ts", "features/*/rules.ts", "chaincode/src/domain/**/*.ts"];

const impure: readonly [RegExp, string][] = [
  [/\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, "reads a clock"],
  [/\bMath\.random\(|\brandomUUID\(|\brandomBytes\(|\bgetRandomValues\(/, "draws randomness"],
  [/\blocaleCompare\(|\btoLocale\w*\(|\bIntl\./, "depends on a locale"],
  [/\bprocess\.|\bfetch\(|\bsetTimeout\(|\bsetInterval\(/, "reaches outside"],
];

let found = 0;
for await (const file of glob(pure)) {
  if (/\.test\.ts$|\/node_modules\//.test(file)) continue;
  const lines = (await readFile(file, "utf8")).split("\n");
  lines.forEach((line, index) => {
    if (/^\s*(\*|\/\/|\/\*)/.test(line)) return;
    for (const [pattern, what] of impure) {
      if (!pattern.test(line)) continue;
      found += 1;
      console.log(`${file}:${index + 1} ${what}: ${line.trim()}`);
    }
  });
}
process.exitCode = found > 0 ? 1 : 0;
