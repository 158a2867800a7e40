/** The parts of a ZIP archive on disk, unpacked one by one within bounds. */
import type { Readable } from "node:stream";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { MapFileError, MOST_ENTRIES, MOST_UNPACKED_BYTES } from "./rules";

export type Archive = { names: readonly string[]; read(name: string): Promise<Buffer>; close(): void };

/** @throws MapFileError for a damaged archive, or one with too many parts */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw new MapFileError("map_file_unreadable");
  });
  try {
    const entries = await entriesOf(zip);
    return {
      names: [...entries.keys()],
      read: (name) => unpack(zip, entries.get(name)),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof MapFileError ? error : new MapFileError("map_file_unreadable");
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= MOST_ENTRIES) throw new MapFileError("map_file_many", { most: MOST_ENTRIES });
    entries.set(entry.fileName, entry);
  }
  return entries;
}

/** What an entry says of its size is checked as it is unpacked: one that says less than it holds ends there. */
async function unpack(zip: ZipFile, entry: Entry | undefined): Promise<Buffer> {
  if (!entry) throw new MapFileError("map_file_incomplete", { part: "?" });
  const most = MOST_UNPACKED_BYTES;
  if (entry.uncompressedSize > most) throw new MapFileError("map_file_large", { limit: most / 1_000_000 });
  const chunks: Buffer[] = [];
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    throw new MapFileError("map_file_unreadable");
  }
  return Buffer.concat(chunks);
}
