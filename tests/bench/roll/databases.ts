/** An empty migrated database of either kind, each in a process of its own as the site has it. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundled } from "@/lib/programs";
import { migrate } from "@/prisma/migrate";
import { startPostgresql } from "@/scripts/test/postgresql";
import { databaseSocketName, databaseUrl } from "@/services/database/server";

export type DatabaseKind = "pglite" | "postgresql";

export interface BenchDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startDatabase(kind: DatabaseKind): Promise<BenchDatabase> {
  const database = kind === "postgresql" ? await startPostgresql() : await startPglite();
  await migrate(database.url);
  return database;
}

async function startPglite(): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "cocity-roll-"));
  const password = randomBytes(16).toString("hex");
  const socket = join(folder, databaseSocketName);
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, password);
  const places = ["--data", join(folder, "database"), "--password-file", passwordFile, "--socket", socket];
  const child = spawn(process.execPath, [bundled("services/database/main.ts"), ...places], {
    stdio: ["ignore", "pipe", "inherit"],
  });
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
      await rm(folder, { recursive: true, force: true });
    },
  };
}
