/*
 * npm test [-- SECTION…]: everything, or the sections named. What the machine lacks is installed if it can be; otherwise
 * its section is named as not run, and with CI=true that is a failure. `--long` runs the long versions instead.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "@/lib/env";
import { CommandFailure } from "../services/supervisor/run";
import { build, buildForTests } from "./build";
import { allSections } from "./test/list";
import { endAllOnSignal, endAllStarted } from "./test/run";
import type { Failure, Outcome, Section, Timing } from "./test/sections";

const SLOWEST = 10;

const scratch = await mkdtemp(join(tmpdir(), "cocity-test-"));
const words = process.argv.slice(2).filter((word) => word !== "--long");
const long = process.argv.includes("--long");
const sections = allSections(scratch).filter((section) => Boolean(section.long) === long);

const unknown = words.find((word) => !sections.some(({ name }) => name.startsWith(word)));
if (unknown) {
  console.error(`There is no section ${unknown}. There are: ${sections.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const chosen = sections.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)),
);

const total = { passed: 0, failed: 0 };
const lines: string[] = [];
const timings: Timing[] = [];
const failures: Failure[] = [];
const began = Date.now();
let lastInstallation: Promise<unknown> = Promise.resolve();

endAllOnSignal();

if (await prepare()) await Promise.all([...Map.groupBy(chosen, ({ lane }) => lane).values()].map(runLane));
await endAllStarted();
await rm(scratch, { recursive: true, force: true });

timings.sort((a, b) => b.seconds - a.seconds);
const slowest = timings
  .slice(0, SLOWEST)
  .map(({ name, file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}: ${name}`);
if (slowest.length > 0) console.log(`\nThe slowest tests:\n${slowest.join("\n")}`);
// Once more at the end, which is what a log that was cut still shows.
for (const { name, message } of failures) console.log(`\n✗ ${name}\n${message}`);
console.log(`\n${lines.join("\n")}\nall of it in ${secondsSince(began)} s\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Types are generated and the contracts bundled before anything can be checked; only browsers need the site. */
async function prepare(): Promise<boolean> {
  try {
    await (chosen.some(({ needsSite }) => needsSite) ? build() : buildForTests());
    return true;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    console.log(`${error.message}\n${error.output}`);
    record("build", { passed: 0, failed: 1 }, began);
    return false;
  }
}

async function runLane(lane: readonly Section[]): Promise<void> {
  for (const section of lane) await runSection(section);
}

async function runSection({ name, lacking, run }: Section): Promise<void> {
  const started = Date.now();
  const missing = await oneAtATime(async () => lacking?.());
  if (missing && !env.CI) lines.push(`${name}: NOT RUN, ${missing}`);
  else if (missing) record(`${name} (${missing})`, { passed: 0, failed: 1 }, started);
  else {
    console.log(`… ${name}`);
    const outcome = await run();
    console.log(`\n── ${name}\n${outcome.output}`);
    timings.push(...outcome.timings);
    failures.push(...outcome.failures);
    record(name, outcome, started);
  }
}

function record(name: string, { passed, failed }: Pick<Outcome, "passed" | "failed">, started: number): void {
  total.passed += passed;
  total.failed += failed;
  lines.push(`${name}: ${passed} right, ${failed} wrong in ${secondsSince(started)} s`);
}

function secondsSince(started: number): string {
  return ((Date.now() - started) / 1000).toFixed(0);
}

/** Debian's package manager takes one installation at a time. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const next = lastInstallation.then(work);
  lastInstallation = next.catch(() => undefined);
  return next;
}
