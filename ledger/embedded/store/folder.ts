import { mkdir, open, readdir, readFile, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LedgerOpenError } from "./errors";

/** Version of blocks, acknowledgement and private data; a later program migrates an earlier folder by it. */
const FORMAT_VERSION = 1;
/** Version of the state's keys and values. A state of another version is made again from the blocks. */
const STATE_VERSION = 1;

/** What `format.json` says. */
export interface Format {
  readonly formatVersion: number;
  readonly stateVersion: number;
}

export const paths = {
  blocks: (dir: string) => join(dir, "blocks"),
  state: (dir: string) => join(dir, "state"),
  private: (dir: string) => join(dir, "private"),
  format: (dir: string) => join(dir, "format.json"),
};

/** Undefined when the folder is new. Throws `LedgerOpenError` ("format") for any folder that is not this program's. */
export async function readFormat(dir: string): Promise<Format | undefined> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const text = await readFile(paths.format(dir), "utf8").catch(absent);
  if (text === undefined) {
    await assertNothingKept(dir);
    return undefined;
  }
  const format = parseFormat(text);
  if (!format) throw new LedgerOpenError("format", "format.json cannot be read");
  if (format.formatVersion !== FORMAT_VERSION) {
    throw new LedgerOpenError(
      "format",
      `the folder has format ${format.formatVersion}; this program reads format ${FORMAT_VERSION}`,
    );
  }
  return format;
}

export function hasCurrentState(format: Format): boolean {
  return format.stateVersion === STATE_VERSION;
}

export async function writeFormat(dir: string): Promise<void> {
  const format: Format = { formatVersion: FORMAT_VERSION, stateVersion: STATE_VERSION };
  await writeFileDurably(paths.format(dir), Buffer.from(`${JSON.stringify(format)}\n`));
}

/** Whole or not at all, and on disk when the promise resolves. */
export async function writeFileDurably(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** A file's name is on disk only once its folder is. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The format is written last. Without it either the first start was cut off, and then there is no block yet, or the folder
 * is somebody else's, or a copy that was never finished: nothing of those may be touched.
 */
async function assertNothingKept(dir: string): Promise<void> {
  const ours = new Set(["acknowledged", "acknowledged.new", "blocks", "private", "format.json.new"]);
  const foreign = (await readdir(dir)).filter((name) => !ours.has(name));
  if (foreign.length > 0) {
    throw new LedgerOpenError("format", `the folder is not a ledger: it holds ${foreign.join(", ")}`);
  }
  const blocks = await stat(paths.blocks(dir)).catch(absent);
  if (blocks && blocks.size > 0) {
    throw new LedgerOpenError(
      "format",
      "the folder holds blocks and no format.json: it is not a whole ledger",
    );
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function parseFormat(text: string): Format | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return undefined;
    if (!("formatVersion" in parsed && "stateVersion" in parsed)) return undefined;
    const { formatVersion, stateVersion } = parsed;
    if (typeof formatVersion !== "number" || typeof stateVersion !== "number") return undefined;
    return { formatVersion, stateVersion };
  } catch {
    return undefined;
  }
}
