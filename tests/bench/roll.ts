import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundlePrograms } from "@/scripts/programs";
import { lackingPostgresql } from "@/scripts/test/machine";
import { type BenchDatabase, type DatabaseKind, startDatabase } from "./roll/databases";
import type { RollFigures } from "./roll/process";

export const needs = "contracts";
export const onlyByName = true;

const run = promisify(execFile);
const bundles = join("dist", "bench");

/**
 * Puts a list of voters on the roll and copies it for a round, each in a process of its own for each size and database,
 * bundled as what runs is, and prints seconds and the most memory that the process had at once.
 */
export default async function measureRoll(): Promise<object> {
  await bundlePrograms(["tests/bench/roll/process.ts"], bundles);
  const results: Record<string, object> = {};
  for (const kind of ["pglite", "postgresql"] as const) {
    const lacking = kind === "postgresql" ? await lackingPostgresql() : undefined;
    if (lacking) results[kind] = { notMeasured: lacking };
    else for (const people of [100_000, 700_000]) await measure(kind, people, results);
  }
  return results;
}

async function measure(kind: DatabaseKind, people: number, results: Record<string, object>): Promise<void> {
  const database = await startDatabase(kind);
  try {
    for (const step of ["import", "freeze"])
      results[`${kind}, ${people} people, ${step}`] = await measureStep(database, kind, step, people);
  } finally {
    await database.stop();
  }
}

async function measureStep({ url }: BenchDatabase, kind: DatabaseKind, step: string, people: number) {
  const program = join(bundles, "tests", "bench", "roll", "process.js");
  const { stdout } = await run(
    process.execPath,
    ["--conditions=react-server", program, step, String(people)],
    {
      env: {
        ...process.env,
        ...{ FISCAL_NUMBER_KEY: "0".repeat(64), DATABASE_URL: url, DATABASE_KIND: kind },
      },
    },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as RollFigures;
}
