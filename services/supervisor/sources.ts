import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const notSources = new Set(["node_modules", "dist", "build", "generated", "data", "__pycache__"]);

/** Names of what tools leave beside the sources, such as caches and stamps, begin with a dot. */
function isSource(name: string): boolean {
  return !notSources.has(name) && !name.startsWith(".") && !/\.test\.tsx?$/.test(name);
}

/**
 * One hash over every file below the given files and folders, names included. Tests do not count.
 * @param digests of files read before, by name; those read now are added
 */
export async function hashSources(
  paths: readonly string[],
  digests = new Map<string, Promise<Buffer>>(),
): Promise<string> {
  const files = (await Promise.all([...paths].sort().map(filesBelow))).flat();
  const hash = createHash("sha256");
  for (const file of files) if (!digests.has(file)) digests.set(file, digestOf(file));
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update((await digests.get(file)) ?? "");
  }
  return hash.digest("hex");
}

async function digestOf(file: string): Promise<Buffer> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest();
}

/** Whether a result was made of these very sources. */
export async function isFresh(stampFile: string, sources: string): Promise<boolean> {
  return (await readFile(stampFile, "utf8").catch(() => "")) === sources;
}

export async function stamp(stampFile: string, sources: string): Promise<void> {
  await writeFile(stampFile, sources);
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  const nested = await Promise.all(
    entries
      .filter(({ name }) => isSource(name))
      .map((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)])),
  );
  return nested.flat().sort();
}
