import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lackingPostgresql } from "@/scripts/test/machine";
import type { RollFigures } from "./roll/process";

export const needs = "contracts";
export const onlyByName = true;

const run = promisify(execFile);
const program = fileURLToPath(new URL("roll/process.ts", import.meta.url));

/**
 * Reads a list of voters, puts it on the roll and copies it for a round, in a process of its own for each size and
 * database, and prints seconds and the most memory that the process had at once.
 */
export default async function measureRoll(): Promise<object> {
  const results: Record<string, object> = {};
  for (const kind of ["pglite", "postgresql"]) {
    const lacking = kind === "postgresql" ? await lackingPostgresql() : undefined;
    if (lacking) results[kind] = { notMeasured: lacking };
    else
      for (const people of ["100000", "700000"]) {
        const { stdout } = await run(
          process.execPath,
          ["--conditions=react-server", "--import", "tsx", program, kind, people],
          { maxBuffer: 1e8, env: { ...process.env, FISCAL_NUMBER_KEY: "0".repeat(64) } },
        );
        results[`${kind}, ${people} people`] = JSON.parse(
          stdout.trim().split("\n").at(-1) ?? "",
        ) as RollFigures;
      }
  }
  return results;
}
