/** Packages as Open Contracting Partnership's own programs see them. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { openContractingPython } from "../../voting/python-environment";
import { sharedData } from "../../voting/shared-data";
import { storyPackages } from "../story-packages";

const isThere = existsSync(sharedData("ocds/release-schema.json"));
if (!isThere && process.env.CI === "true")
  throw new Error("../shared/data/ocds is absent: packages cannot be checked");
if (!isThere) console.warn("NOT RUN: libcoveocds and ocdsmerge, because ../shared/data is absent");

const folder = await mkdtemp(join(tmpdir(), "cocity-ocds-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

type Found = Record<string, unknown> & { compiled: { theirs: object; ours: object } };

async function check(packages: { releases: string; records: string }): Promise<Found> {
  const python = await openContractingPython();
  const [releases, records] = [join(folder, "releases.json"), join(folder, "records.json")];
  await writeFile(releases, packages.releases);
  await writeFile(records, packages.records);
  const script = fileURLToPath(new URL("check.py", import.meta.url));
  const { stdout } = await promisify(execFile)(python, [script, sharedData("ocds"), releases, records], {
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout);
}

const nothing = {
  ...{ validation_errors: [], additional_fields: [], version_used: "1.1" },
  additional_checks: {},
};

test.runIf(isThere)(
  "libcoveocds finds no fault, and ocdsmerge makes the same record of the releases",
  async () => {
    const { compiled, ...found } = await check(await storyPackages());
    expect(found["releases.json"]).toMatchObject(nothing);
    expect(found["records.json"]).toMatchObject(nothing);
    expect(compiled.ours).toEqual(compiled.theirs);
  },
);

test.runIf(isThere)("libcoveocds sees what is wrong", async () => {
  const { releases, records } = await storyPackages();
  const broken = JSON.parse(releases);
  broken.releases[0].tender.title = "";
  broken.releases[1].date = "yesterday";
  const found = await check({ releases: JSON.stringify(broken), records });
  expect(found["releases.json"]).not.toMatchObject(nothing);
});
