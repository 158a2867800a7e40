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
/** Voters who have a place already, few and many. */
const places = [1_000, 500_000] as const;
const bundles = join("dist", "bench");

/**
 * Puts a list of voters on the roll, copies it for a round and gives places to voters where 1,000 and 500,000 have one,
 * each in a process of its own for each size and database, bundled as what runs is. Prints seconds, the most memory that
 * the process had at once, and how much more a voter costs among many.
 */
export default async function measureRoll(): Promise<object> {
  await bundlePrograms(["tests/bench/roll/process.ts"], bundles);
  const results: Record<string, object> = {};
  for (const kind of ["pglite", "postgresql"] as const) {
    const lacking = kind === "postgresql" ? await lackingPostgresql() : undefined;
    if (lacking) results[kind] = { notMeasured: lacking };
    else {
      for (const people of [100_000, 700_000]) await measure(kind, people, results);
      results[`${kind}, a new voter`] = await measureVoters(kind);
    }
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

async function measureVoters(kind: DatabaseKind): Promise<object> {
  const database = await startDatabase(kind);
  try {
    const [few, many] = [
      await measureStep(database, kind, "voters", places[0]),
      await measureStep(database, kind, "voters", places[1]),
    ];
    const ratio = Math.round((100 * (many.voterMs ?? 0)) / (few.voterMs ?? 1)) / 100;
    return { msAmong1000: few.voterMs, msAmong500000: many.voterMs, ratio };
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
