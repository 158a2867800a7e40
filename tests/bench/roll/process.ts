/** Reads, keeps and copies one roll of invented people; started by ../roll.ts. */

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@/prisma/migrate";
import { startPostgresql } from "@/scripts/test/postgresql";
import { databaseSocketName, databaseUrl } from "@/services/database/server";

export interface RollFigures {
  readonly readSeconds: number;
  readonly keepSeconds: number;
  readonly freezeSeconds: number;
  readonly size: number;
  /** Of the process that serves the site's part; the database is another one. */
  readonly peakMemoryMB: number;
}

const [kind = "pglite", people = "1000"] = process.argv.slice(2);
const municipality = "001272";
const folder = await mkdtemp(join(tmpdir(), "cocity-roll-"));
const database = kind === "postgresql" ? await postgresql() : await pglite();
try {
  await migrate(database.url);
  Object.assign(process.env, { DATABASE_URL: database.url, DATABASE_KIND: kind });
  const { db } = await import("@/lib/db");
  const { readRoll, rollText } = await import("@/features/people/roll-file");
  const { changeRoll } = await import("@/features/people/roll-service");
  const { copyRoll } = await import("@/features/rounds/roll-service");
  const bytes = listOf(Number(people));
  let started = performance.now();
  const lap = () => {
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    started = performance.now();
    return seconds;
  };
  const { fiscalNumbers } = readRoll(rollText(bytes));
  const readSeconds = lap();
  await changeRoll(municipality, fiscalNumbers, "replace");
  const keepSeconds = lap();
  const { size } = await db.$transaction((tx) => copyRoll(tx, municipality, "round-1"), { timeout: 600_000 });
  const freezeSeconds = lap();
  const peakMemoryMB = Math.round(process.resourceUsage().maxRSS / 1024);
  const figures: RollFigures = { readSeconds, keepSeconds, freezeSeconds, size, peakMemoryMB };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  await db.$disconnect();
} finally {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Provisional codes of eleven digits, one a line: invented, with the right last digit. */
function listOf(count: number): Uint8Array {
  const lines = ["codice_fiscale"];
  for (let person = 0; person < count; person++) {
    const digits = String(9_000_000_000 + person);
    const sum = [...digits].reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    lines.push(`${digits}${(10 - (sum % 10)) % 10}`);
  }
  return Buffer.from(lines.join("\r\n"));
}

async function postgresql(): Promise<{ url: string; stop(): Promise<void> }> {
  const cluster = await startPostgresql();
  return { url: cluster.url, stop: () => cluster.stop() };
}

/** The embedded database in its own process, as the site has it. */
async function pglite(): Promise<{ url: string; stop(): Promise<void> }> {
  const password = randomBytes(16).toString("hex");
  const socket = join(folder, databaseSocketName);
  await writeFile(join(folder, "password"), password);
  const child = spawn(
    process.execPath,
    [
      ...["--conditions=react-server", "--import", "tsx", "services/database/main.ts"],
      ...[
        "--data",
        join(folder, "database"),
        "--password-file",
        join(folder, "password"),
        "--socket",
        socket,
      ],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the database ended with ${code}`)));
  });
  return {
    url: databaseUrl(socket, password),
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}
