/** Files on disk, under their own SHA-256: `files/ab/cdef…`. Written beside, synced, then renamed: never half there. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileTypeFromFile } from "file-type";
import { env } from "@/lib/env";
import { MAX_FILE_BYTES } from "./rules";

export type ReceivedFile = {
  path: string;
  hash: string;
  size: number;
  mediaType: string | undefined;
  whole: boolean;
};

/** Reads a stream into a temporary file. Stops keeping bytes, but not reading, once there are more than `most`. */
export async function receive(stream: Readable, most = MAX_FILE_BYTES): Promise<ReceivedFile> {
  const folder = join(env.COCITY_DATA, "files", "incoming");
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const hash = createHash("sha256");
  let size = 0;
  let whole = true;
  const file = await open(path, "wx", 0o600);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) continue;
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } catch {
    whole = false;
  } finally {
    await file.close();
  }
  const mediaType = size > 0 && size <= most ? await mediaTypeOf(path) : undefined;
  return { path, hash: hash.digest("hex"), size, mediaType, whole };
}

/** What the bytes are; undefined where they are nothing known, or an archive that is cut. */
async function mediaTypeOf(path: string): Promise<string | undefined> {
  return fileTypeFromFile(path).then(
    (found) => found?.mime,
    () => undefined,
  );
}

/** Moves a received file to its place. The same bytes twice are one file. */
export async function keep(received: ReceivedFile): Promise<void> {
  const place = placeOf(received.hash);
  await mkdir(join(place, ".."), { recursive: true });
  await rename(received.path, place);
  const folder = await open(join(place, ".."), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export async function drop(received: ReceivedFile): Promise<void> {
  await rm(received.path, { force: true });
}

/** A stream over a kept file, or `undefined` when its bytes are not here. */
export async function read(hash: string): Promise<{ size: number; stream: Readable } | undefined> {
  const place = placeOf(hash);
  const found = await stat(place).catch(() => undefined);
  return found && { size: found.size, stream: createReadStream(place) };
}

export async function isKept(hash: string): Promise<boolean> {
  return (await stat(placeOf(hash)).catch(() => undefined)) !== undefined;
}

/** Removes the bytes of a file that nothing holds any more. */
export async function remove(hash: string): Promise<void> {
  await rm(placeOf(hash), { force: true });
}

/** Removes files older than `before` that nothing holds, and what an upload that broke off left before `broken`. */
export async function sweep(
  { before, broken }: { before: Date; broken: Date },
  isHeld: (hash: string) => Promise<boolean>,
): Promise<void> {
  const root = join(env.COCITY_DATA, "files");
  for (const folder of await readdir(root).catch(() => []))
    for (const name of await readdir(join(root, folder))) {
      const path = join(root, folder, name);
      const incoming = folder === "incoming";
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile() || found.mtime >= (incoming ? broken : before)) continue;
      if (incoming || !(await isHeld(folder + name))) await rm(path, { force: true });
    }
}

/** Where a kept file lies. */
export function placeOf(hash: string): string {
  return join(env.COCITY_DATA, "files", hash.slice(0, 2), hash.slice(2));
}
