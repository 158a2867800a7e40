import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MutantResult } from "@stryker-mutator/api/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tallyOf, wordsOf } from "./tally";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-tally-"));
  await writeFile(join(folder, "code.ts"), "const a = 1;\nif (a > 0 &&\n  a < 3) go();\n");
});
afterAll(() => rm(folder, { recursive: true }));

const result = (status: MutantResult["status"]): MutantResult => ({
  ...{ id: "1", status, mutatorName: "ConditionalExpression", replacement: "true" },
  fileName: join(folder, "code.ts"),
  location: { start: { line: 2, column: 5 }, end: { line: 3, column: 8 } },
});

test("what no test came to counts as not noticed, what hung or failed as noticed, the rest not at all", async () => {
  const tally = await tallyOf(
    (["Killed", "Timeout", "Survived", "NoCoverage", "CompileError", "RuntimeError", "Ignored"] as const).map(
      result,
    ),
  );
  expect(tally).toMatchObject({ tried: 4, killed: 2, noticed: 50 });
  expect(tally.survivors).toHaveLength(2);
});

test("a change that nothing noticed is told with its place and what stood there", async () => {
  const tally = await tallyOf([result("NoCoverage")]);
  expect(wordsOf(tally)).toContain("code.ts:2:5 a > 0 && a < 3 → true (no test comes here)");
});

test("a change that nothing could notice is set aside, where it survived and where it is the very one", async () => {
  const one = { file: join(folder, "code.ts"), from: "a > 0 && a < 3", to: "true", why: "a is 1" };
  const results = [result("Survived"), result("Killed")];
  expect(await tallyOf(results, [one])).toMatchObject({
    tried: 1,
    noticed: 100,
    equivalent: 1,
    survivors: [],
  });
  for (const other of [{ to: "false" }, { from: "a > 0" }, { file: "other.ts" }])
    expect(await tallyOf(results, [{ ...one, ...other }])).toMatchObject({ tried: 2, equivalent: 0 });
});

test("where nothing was tried nothing was missed", async () => {
  expect(await tallyOf([])).toMatchObject({ tried: 0, noticed: 100 });
});
