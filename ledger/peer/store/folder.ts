import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LedgerOpenError } from "./errors";

/** Version of everything in the folder; a later version of the ledger migrates an earlier folder by it. */
export const FORMAT_VERSION = 1;

export const paths = {
  blocks: (dir: string) => join(dir, "blocks"),
  state: (dir: string) => join(dir, "state"),
  private: (dir: string) => join(dir, "private"),
  format: (dir: string) => join(dir, "format.json"),
};

/** `new` when the folder was missing or empty. Throws `LedgerOpenError` ("format") for any other folder. */
export async function readFormat(dir: string): Promise<"new" | "current"> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const text = await readFile(paths.format(dir), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) {
    // The format is written last: without it the first start was cut off before anything was kept.
    const leftovers = new Set(["acknowledged", "blocks", "acknowledged.new", "format.json.new"]);
    const foreign = (await readdir(dir)).filter((name) => !leftovers.has(name));
    if (foreign.length > 0) {
      throw new LedgerOpenError("format", `the folder is not a ledger: it holds ${foreign.join(", ")}`);
    }
    return "new";
  }
  const version = formatVersion(text);
  if (version === FORMAT_VERSION) return "current";
  throw new LedgerOpenError(
    "format",
    version === undefined
      ? "format.json cannot be read"
      : `the folder has format ${version}; this program reads format ${FORMAT_VERSION}`,
  );
}

export async function writeFormat(dir: string): Promise<void> {
  await writeFileDurably(
    paths.format(dir),
    Buffer.from(`${JSON.stringify({ formatVersion: FORMAT_VERSION })}\n`),
  );
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

function formatVersion(text: string): number | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || !("formatVersion" in parsed)) return undefined;
    return typeof parsed.formatVersion === "number" ? parsed.formatVersion : undefined;
  } catch {
    return undefined;
  }
}
