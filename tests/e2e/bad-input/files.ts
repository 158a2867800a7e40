import { mkdtemp, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file on disk of so many bytes that begins like a PDF and holds nothing; it takes no room there. */
export async function fileOf(name: string, bytes: number): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "cocity-file-")), name);
  const file = await open(path, "w");
  try {
    if (bytes > 0) await file.write("%PDF-1.4\n");
    await file.truncate(bytes);
  } finally {
    await file.close();
  }
  return path;
}
