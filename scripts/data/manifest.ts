import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";

/** What a backup says of itself; the first entry of its archive. */
export const manifestSchema = z.object({
  backupFormat: z.literal(1),
  madeAt: z.iso.datetime(),
  ledger: z.enum(["embedded", "elsewhere"]),
  /** Names of the migrations that the database had. */
  migrations: z.array(z.string()),
  /** Rows of each table. */
  rows: z.record(z.string(), z.number().int()),
  /** SHA-256 of every file, by its path in the archive. */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestFile = "manifest.json";

/** SHA-256 of every file below a folder. */
export async function sums(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => name !== manifestFile)
    .sort();
  const result: Record<string, string> = {};
  for (const name of files) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(folder, name)), hash);
    result[name] = hash.digest("hex");
  }
  return result;
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
}

/** Reads the manifest of an unpacked backup and compares every file with it. */
export async function checkManifest(folder: string): Promise<Manifest> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(join(folder, manifestFile), "utf8"));
  } catch {
    throw new Error("it has no manifest: it is not a backup of Co-City, or only a part of one");
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw new Error("its manifest has another form than this version knows");
  const found = await sums(folder);
  const names = new Set([...Object.keys(found), ...Object.keys(parsed.data.files)]);
  for (const name of names) {
    if (found[name] !== parsed.data.files[name]) throw new Error(`${name} is damaged or missing`);
  }
  return parsed.data;
}
