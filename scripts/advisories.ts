/*
 * npm run advisories: compares the packages of the lock file with published advisories, by `npm audit` where its service
 * answers. Where it does not, by the list of Retire.js that a package brings, which knows few packages of servers: it
 * says how many. Prints every known hole, and ends with 1 where there is one.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandFailure, runQuietly } from "../services/supervisor/run";
import { compare, type Holes, installedBy } from "./advisories/known-holes";

/** Of October 2026: a later version knows later holes. */
const list = { package: "@salesforce/code-analyzer-retirejs-engine", version: "0.32.0" };

type Audit = { vulnerabilities?: Record<string, { severity: string; range: string }> };

const { found, source } = (await audited()) ?? (await listed());
for (const line of found) console.log(line);
console.log(`${source}: ${found.length === 0 ? "no known hole" : `${found.length} known holes`}`);
process.exitCode = found.length === 0 ? 0 : 1;

/** @returns undefined where the service does not answer */
async function audited() {
  // With a hole the command ends with 1, without an answer too: what it prints tells them apart.
  const output = await runQuietly("npm", ["audit", "--json", "--loglevel=silent"]).catch((error: unknown) => {
    if (error instanceof CommandFailure) return error.output;
    throw error;
  });
  const { vulnerabilities } = JSON.parse(output || "{}") as Audit;
  if (!vulnerabilities) return undefined;
  const found = Object.entries(vulnerabilities).map(([name, { severity, range }]) =>
    [name, range, severity].join(" "),
  );
  return { found, source: "npm audit" };
}

async function listed() {
  const folder = await mkdtemp(join(tmpdir(), "cocity-advisories-"));
  try {
    const name = `${list.package}@${list.version}`;
    const packed = await runQuietly("npm", ["pack", name, "--silent", "--pack-destination", folder]);
    await runQuietly("tar", ["-xzf", join(folder, packed.trim()), "-C", folder]);
    const holes = join(folder, "package/vulnerabilities/RetireJsVulns.json");
    const installed = installedBy(JSON.parse(await readFile("package-lock.json", "utf8")));
    const { found, known } = compare(installed, JSON.parse(await readFile(holes, "utf8")) as Holes);
    const how = `it knows ${known} of ${installed.size} packages`;
    return { found, source: `npm audit did not answer. The list of Retire.js in ${name} (${how})` };
  } finally {
    await rm(folder, { recursive: true });
  }
}
