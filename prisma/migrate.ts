import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";

/** A database that cannot be brought to this version: edited history, a newer database, or SQL that fails. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

export type Migration = { name: string; sql: string; checksum: string };

/** Relative to the project's folder, where every program runs. */
const migrationsFolder = join("prisma", "migrations");

/** The key under which `prisma migrate` itself takes its advisory lock, so that neither runs beside the other. */
const advisoryLock = 72707369;

/** Migrations of a folder, oldest first; each is `<timestamp>_<name>/migration.sql`. */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/**
 * Applies what is missing, each migration with its own row in one transaction, in the table and format of
 * `prisma migrate deploy`, whose schema engine is a download this does without.
 * @returns the names applied now, oldest first.
 */
export async function migrate(url: string, migrations?: Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await readMigrations());
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
    await client.query(migrationTable);
    const missing = await compare(client, wanted);
    for (const migration of missing) await apply(client, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function compare(client: Client, wanted: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const applied = new Map(rows.map((row) => [row.name, row]));
  for (const { name, checksum, finished } of rows) {
    const known = wanted.find((migration) => migration.name === name);
    if (!known)
      throw new MigrationError(
        `the database was made by a later version: it has the migration ${name}, unknown here`,
      );
    if (!finished)
      throw new MigrationError(`the migration ${name} was started by another program and failed`);
    if (known.checksum !== checksum)
      throw new MigrationError(`the migration ${name} was changed after it had been applied`);
  }
  return wanted.filter((migration) => !applied.has(migration.name));
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  const started = new Date();
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, $5, 1)`,
      [randomUUID(), checksum, name, started, new Date()],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new MigrationError(
      `the migration ${name} failed: ${error instanceof Error ? error.message : error}`,
    );
  }
}

const migrationTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
