import { access, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Client } from "pg";
import { extract } from "tar";
import { env, isGiven } from "@/lib/env";
import { migrate, readMigrations } from "@/prisma/migrate";
import { type OpenDatabase, ownDatabase } from "./database";
import { schemas } from "./dump";
import { loadDump } from "./load";
import { checkManifest, type Manifest, manifestFile } from "./manifest";

export type RestoreReport = { madeAt: string; rows: number; setAside: string | undefined };

/**
 * Makes a data folder of a backup. Everything is unpacked, checked and loaded beside it first: until the last
 * rename the folder is as it was. With `force` a folder that is not empty is set aside under another name.
 */
export async function restore(folder: string, file: string, force: boolean): Promise<RestoreReport> {
  await access(file);
  const occupied = (await readdir(folder).catch(() => [])).length > 0;
  if (occupied && !force)
    throw new Error(`${folder} is not empty; with --force it is set aside, not deleted`);
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-restore-`));
  try {
    await extract({ file, cwd: draft, strict: true, preservePaths: false });
    const manifest = await checkManifest(draft);
    if (manifest.ledger === "embedded" && isGiven("LEDGER_CONNECTION"))
      throw new Error("it holds a ledger of its own, but LEDGER_CONNECTION names another");
    await loadDatabase(draft, manifest, force);
    await rm(join(draft, "database.jsonl"));
    await rm(join(draft, manifestFile));
    const setAside = occupied ? `${folder}.before-${new Date().toISOString().replace(/\W/g, "")}` : undefined;
    if (setAside) await rename(folder, setAside);
    else await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
    return { madeAt: manifest.madeAt, rows, setAside };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function loadDatabase(draft: string, manifest: Manifest, force: boolean): Promise<void> {
  const known = await readMigrations();
  const unknown = manifest.migrations.find((name) => !known.some((migration) => migration.name === name));
  if (unknown) throw new Error(`it was made by a later version: the migration ${unknown} is unknown here`);
  const database = isGiven("DATABASE_URL") ? await givenDatabase(force) : await ownDatabase(draft);
  const client = new Client({ connectionString: database.url });
  try {
    // As far as the backup's own version; the next start does the rest, with the rows in place.
    const migrations = known.filter(({ name }) => manifest.migrations.includes(name));
    await migrate(database.url, migrations);
    await client.connect();
    const rows = await loadDump(client, join(draft, "database.jsonl"));
    for (const [table, count] of Object.entries(manifest.rows)) {
      if (rows[table] !== count)
        throw new Error(`the table ${table} has ${rows[table]} rows instead of ${count}`);
    }
  } finally {
    await client.end();
    await database.close();
  }
}

/** The PostgreSQL of the environment, which must be empty, or is emptied. */
async function givenDatabase(force: boolean): Promise<OpenDatabase> {
  const client = new Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_tables WHERE schemaname = ANY ($1) LIMIT 1", [
      schemas,
    ]);
    if (rowCount && !force) throw new Error("the database of DATABASE_URL is not empty; --force empties it");
    for (const schema of rowCount ? schemas : [])
      await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.query("CREATE SCHEMA IF NOT EXISTS public");
  } finally {
    await client.end();
  }
  return { url: env.DATABASE_URL, close: async () => undefined };
}
