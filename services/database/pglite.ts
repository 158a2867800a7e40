import { existsSync, fsyncSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** What searching needs of PostgreSQL beyond its core: a database that has them cannot be opened without them. */
export const extensions = { pg_trgm, unaccent };

/** A folder that PostgreSQL cannot open: something of it is missing or damaged. */
export class DatabaseFolderError extends Error {
  override readonly name = "DatabaseFolderError";
}

/**
 * Opens the embedded database of a folder, making it when there is none, so that what is committed is on disk.
 * The caller holds the folder's lock: two processes on one folder lose rows without an error.
 * @throws DatabaseFolderError for a folder that is damaged.
 */
export async function openDatabase(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) await makeDatabase(folder);
  // PGlite would take a folder without this file for a new one, and write an empty database over the old.
  if (!existsSync(join(folder, "PG_VERSION")))
    throw new DatabaseFolderError(`the database in ${folder} is damaged: it has no PG_VERSION`);
  try {
    return await open(folder);
  } catch (error) {
    throw new DatabaseFolderError(`the database in ${folder} is damaged and cannot be opened`, {
      cause: error,
    });
  }
}

/** Made aside and renamed: a start that is cut short leaves no half of a database. */
async function makeDatabase(folder: string): Promise<void> {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await (await open(draft)).close();
  await rename(draft, folder);
}

/** As it ships, PGlite starts PostgreSQL with fsync off, and its file system would ignore one anyway. */
async function open(folder: string): Promise<PGlite> {
  return PGlite.create({
    fs: new SyncedFolder(folder),
    startParams: [
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
      // Emscripten's fdatasync, PostgreSQL's own choice, never reaches the file system; its fsync does.
      ...["-c", "wal_sync_method=fsync"],
      // Of PostgreSQL's own 128 MB none is given back; the system's cache holds the same files.
      ...["-c", "shared_buffers=32MB"],
    ],
    relaxedDurability: false,
    extensions,
  });
}

type Stream = { nfd: number };
type EmscriptenOptions = Awaited<ReturnType<NodeFS["init"]>>;

class SyncedFolder extends NodeFS {
  override async init(...parameters: Parameters<NodeFS["init"]>): Promise<EmscriptenOptions> {
    const options = await super.init(...parameters);
    const { preRun } = options.emscriptenOpts;
    if (!Array.isArray(preRun)) throw new TypeError("PGlite's file system has no preRun to add to");
    preRun.push((module: { FS: { filesystems: { NODEFS: { stream_ops: object } } } }) => {
      Object.assign(module.FS.filesystems.NODEFS.stream_ops, {
        fsync: (stream: Stream) => {
          fsyncSync(stream.nfd);
          return 0;
        },
      });
    });
    return options;
  }
}
