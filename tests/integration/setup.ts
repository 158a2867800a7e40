import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "@/prisma/migrate";
import { startPostgresql } from "@/scripts/test/postgresql";
import { extensions } from "@/services/database/pglite";
import { DatabaseServer } from "@/services/database/server";

/** From what `freshDatabase` makes one in no time: a migrated data folder, or a migrated template database. */
export type DatabaseTemplate = { kind: "pglite"; dump: string } | { kind: "postgresql"; url: string };

declare module "vitest" {
  interface ProvidedContext {
    databaseTemplate: DatabaseTemplate;
  }
}

/** Which database the tests run on: PGlite, or PostgreSQL with COCITY_TEST_DATABASE=postgresql. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.COCITY_TEST_DATABASE === "postgresql") {
    const cluster = await startPostgresql();
    const client = new Client({ connectionString: cluster.url });
    await client.connect();
    await client.query("CREATE DATABASE template_cocity");
    await client.end();
    await migrate(cluster.url.replace(/postgres$/, "template_cocity"));
    project.provide("databaseTemplate", { kind: "postgresql", url: cluster.url });
    return () => cluster.stop();
  }
  const folder = await mkdtemp(join(tmpdir(), "cocity-integration-"));
  const dump = join(folder, "migrated.tar");
  const database = await PGlite.create({ extensions });
  const server = await DatabaseServer.start({ database, password: "template", onFailure: rethrow });
  await migrate(server.url);
  await server.stop();
  await writeFile(dump, Buffer.from(await (await database.dumpDataDir("none")).arrayBuffer()));
  await database.close();
  project.provide("databaseTemplate", { kind: "pglite", dump });
  return () => rm(folder, { recursive: true });
}

function rethrow(error: unknown): void {
  throw error;
}
