import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import type { PrismaClient } from "@/generated/prisma/client";
import { createDatabase } from "@/lib/db";
import { migrate, readMigrations } from "@/prisma/migrate";
import { type PostgresqlCluster, startPostgresql } from "@/scripts/test/postgresql";
import { extensions } from "@/services/database/pglite";
import { DatabaseServer } from "@/services/database/server";

export type FreshDatabase = { url: string; kind: "pglite" | "postgresql"; db: PrismaClient };

/**
 * An empty, migrated database for one test file, gone when the file ends. Code under test that uses `lib/db.ts`
 * gets it too, since its environment is read when it is first needed. Call it once, at the top of the file:
 *
 *     const { db } = await freshDatabase();
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const template = inject("databaseTemplate");
  const { url, close } =
    template.kind === "pglite" ? await fromDump(template.dump) : await fromTemplate(template.url);
  const db = createDatabase(url, template.kind);
  Object.assign(process.env, { DATABASE_URL: url, DATABASE_KIND: template.kind });
  afterAll(async () => {
    await db.$disconnect();
    await close();
  });
  return { url, kind: template.kind, db };
}

/** The same on a PostgreSQL that this file has to itself, and may kill. */
export async function databaseToKill(): Promise<FreshDatabase & { cluster: PostgresqlCluster }> {
  const cluster = await startPostgresql();
  afterAll(() => cluster.stop());
  await migrate(cluster.url);
  const db = createDatabase(cluster.url, "postgresql");
  Object.assign(process.env, { DATABASE_URL: cluster.url, DATABASE_KIND: "postgresql" });
  afterAll(() => db.$disconnect());
  return { url: cluster.url, kind: "postgresql", db, cluster };
}

/**
 * A PGlite for one test file as it was before a migration, for what an earlier version has left in it.
 * @param migration how its name ends
 * @returns the database, and what brings it to this version
 */
export async function databaseBefore(
  migration: string,
): Promise<{ database: PGlite; migrateOn(): Promise<unknown> }> {
  const database = await PGlite.create({ extensions });
  const { url, close } = await served(database);
  afterAll(close);
  const known = await readMigrations();
  const before = known.findIndex(({ name }) => name.endsWith(migration));
  await migrate(url, known.slice(0, before));
  return { database, migrateOn: () => migrate(url) };
}

async function fromDump(dump: string): Promise<{ url: string; close(): Promise<void> }> {
  return served(await PGlite.create({ extensions, loadDataDir: new Blob([await readFile(dump)]) }));
}

async function served(database: PGlite): Promise<{ url: string; close(): Promise<void> }> {
  const password = randomBytes(16).toString("hex");
  const server = await DatabaseServer.start({
    database,
    password,
    onFailure(error) {
      throw error;
    },
  });
  return {
    url: server.url,
    async close() {
      await server.stop();
      await database.close();
    },
  };
}

async function fromTemplate(cluster: string): Promise<{ url: string; close(): Promise<void> }> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(cluster, `CREATE DATABASE ${name} TEMPLATE template_cocity`);
  return {
    url: cluster.replace(/postgres$/, name),
    close: () => administer(cluster, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function administer(cluster: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: cluster });
  await client.connect();
  try {
    // Two files that copy the template at once get in each other's way: one at a time.
    await client.query("SELECT pg_advisory_lock(20261122)");
    await client.query(sql);
  } finally {
    await client.end();
  }
}
