import { fsyncSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/**
 * Opens the embedded database of a folder so that what is committed is on disk. As it ships, PGlite starts
 * PostgreSQL with fsync off, and its file system would ignore one anyway: both are put right here. The caller
 * holds the folder's lock: two processes on one folder lose rows without an error.
 */
export async function openDatabase(folder: string): Promise<PGlite> {
  return PGlite.create({
    fs: new SyncedFolder(folder),
    startParams: [
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
      // Emscripten's fdatasync, PostgreSQL's own choice, never reaches the file system; its fsync does.
      ...["-c", "wal_sync_method=fsync"],
    ],
    relaxedDurability: false,
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
