import { constants, existsSync } from "node:fs";
import { cp, link, mkdir, mkdtemp, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { backup as backupStore, DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { create } from "tar";
import { isGiven } from "@/lib/env";
import type { Control } from "../../services/supervisor/control";
import { partsFolder, stagingPrefix } from "../../services/supervisor/data-folder";
import { signerFolder } from "../../services/supervisor/sockets";
import { runningDatabase } from "./database";
import { dumpTables, holdOutbox } from "./dump";
import { type Manifest, manifestFile, sums, writeManifest } from "./manifest";
import { pauseLedger } from "./pause";
import { withFolder } from "./with-folder";

export type BackupReport = {
  file: string;
  bytes: number;
  rows: number;
  pausedMs: number;
  /** Whether there are keys of the trial signer that were left out. */
  withoutSignerKeys: boolean;
};

/** What is not taken along unless it is asked for. */
export type BackupOptions = { signerKeys: boolean };

/**
 * Writes ledger, database, files and secrets into one archive, all as of one moment, also while a Co-City runs.
 * The outbox is held still first and the ledger copied then, so the copy has nothing that the database does not
 * know of. What the outbox had sent and not yet heard of is looked up on the ledger after a restore, and the
 * projection follows from its own height.
 */
export async function backup(
  folder: string,
  target: string,
  options: BackupOptions = { signerKeys: false },
): Promise<BackupReport> {
  const report = await withFolder(folder, (control) =>
    makeArchive(folder, resolve(target), control, options),
  );
  return { ...report, withoutSignerKeys: !options.signerKeys && existsSync(signerFolder(folder)) };
}

async function makeArchive(
  folder: string,
  file: string,
  control: Control | undefined,
  options: BackupOptions,
): Promise<Omit<BackupReport, "withoutSignerKeys">> {
  const staging = await mkdtemp(join(folder, stagingPrefix));
  try {
    const { manifest, pausedMs } = await collect(folder, staging, control);
    if (options.signerKeys) await copySignerKeys(signerFolder(folder), signerFolder(staging));
    await writeManifest(staging, { ...manifest, files: await sums(staging) });
    const bytes = await pack(staging, file);
    const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
    return { file, bytes, rows, pausedMs };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function collect(
  folder: string,
  staging: string,
  control: Control | undefined,
): Promise<{ manifest: Omit<Manifest, "files">; pausedMs: number }> {
  const database = await runningDatabase(folder, control);
  const client = new Client({ connectionString: database.url });
  try {
    await client.connect();
    // Before the ledger: what a part believes to be recorded is on the ledger's copy then, and the rest is brought again.
    await copyParts(partsFolder(folder), partsFolder(staging));
    const { tables, end } = await holdOutbox(client);
    const since = Date.now();
    const embedded = control?.embeddedLedger ?? !isGiven("LEDGER_CONNECTION");
    const pause = control?.embeddedLedger ? await pauseLedger(control) : undefined;
    // Side by side: a transaction that waits for the copy, idle, would be ended by the embedded database.
    const [rows] = await Promise.all([
      dumpTables(client, tables, join(staging, "database.jsonl")),
      copyFolders(folder, staging, embedded).then(() => pause?.end()),
    ]);
    const migrations = await client.query<{ name: string }>(
      "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
    );
    await end();
    const manifest = {
      backupFormat: 1 as const,
      madeAt: new Date().toISOString(),
      ledger: embedded ? ("embedded" as const) : ("elsewhere" as const),
      migrations: migrations.rows.map(({ name }) => name),
      rows,
    };
    return { manifest, pausedMs: Date.now() - since };
  } finally {
    await client.end();
    await database.close();
  }
}

async function copyFolders(folder: string, staging: string, embedded: boolean): Promise<void> {
  if (embedded) await copy(join(folder, "ledger"), join(staging, "ledger"));
  await copy(join(folder, "secrets"), join(staging, "secrets"));
  await copy(join(folder, "cocity.json"), join(staging, "cocity.json"));
  await linkFiles(join(folder, "files"), join(staging, "files"));
}

/** A key is written once and whole; the desk's socket is made at each start. */
async function copySignerKeys(from: string, to: string): Promise<void> {
  for (const name of ["people", "recovery"])
    if (existsSync(join(from, name))) await copy(join(from, name), join(to, name));
}

/** Stores as of one moment each, also while their parts write; handed-over files and programs as they are. */
async function copyParts(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name));
  for (const file of openerFirst(
    files.map(({ parentPath, name }) => relative(from, join(parentPath, name))),
  )) {
    const [source, target] = [join(from, file), join(to, file)];
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    if (file.endsWith(".sqlite")) await copyStore(source, target);
    else await copy(source, target);
  }
}

/**
 * The opener's store is copied before those of relay and copy-keeper: one that had posts which both of them lack would
 * keep them from promising anything after the restore.
 */
export function openerFirst(files: readonly string[]): string[] {
  const isOpeners = (file: string) => file.startsWith(`opener${sep}`);
  return [...files.filter(isOpeners), ...files.filter((file) => !isOpeners(file))];
}

async function copyStore(from: string, to: string): Promise<void> {
  const store = new DatabaseSync(from, { readOnly: true });
  try {
    await backupStore(store, to);
  } finally {
    store.close();
  }
}

async function copy(from: string, to: string): Promise<void> {
  // Where the file system can, a copy shares its blocks with the original and takes no time.
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, errorOnExist: true, force: false });
}

/** Attachments never change once they have their name, so a second name for each is a copy. */
async function linkFiles(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.name === "incoming") continue;
    if (entry.isDirectory()) await linkFiles(join(from, entry.name), join(to, entry.name));
    else await link(join(from, entry.name), join(to, entry.name));
  }
}

/** The archive appears under its name when it is whole and on disk. It holds keys: only its owner may read it. */
async function pack(staging: string, file: string): Promise<number> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.part`;
  const names = (await readdir(staging)).filter((name) => name !== manifestFile).sort();
  const output = await open(draft, "w", 0o600);
  try {
    const archive = create({ cwd: staging, gzip: { level: 6 }, portable: true }, [manifestFile, ...names]);
    for await (const chunk of archive) await output.write(chunk);
    await output.sync();
    const { size } = await output.stat();
    await rename(draft, file);
    return size;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await output.close();
  }
}
