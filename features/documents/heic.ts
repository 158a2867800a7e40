import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

export type RawPicture = { width: number; height: number; data: Uint8ClampedArray };

/** Longest time a picture may take to decode; one of 48 million pixels takes about five seconds. */
const LONGEST_MS = 30_000;

/**
 * Decodes the first picture of a HEIC file in a thread of its own, upright, four bytes a pixel.
 * @returns undefined where it has more than `mostPixels` pixels
 * @throws Error where it cannot be decoded, or not in time
 */
export async function decodeHeic(path: string, mostPixels: number): Promise<RawPicture | undefined> {
  const bytes = await readFile(path);
  // Not a module of the site's bundle: Node reads the source itself.
  const program = join(process.cwd(), "features", "documents", "heic-decoder.ts");
  const worker = new Worker(program, {
    workerData: { bytes, mostPixels },
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  let limit: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      limit = setTimeout(() => reject(new Error("the picture took too long to decode")), LONGEST_MS);
      worker.once("message", (found: RawPicture | { tooLarge: true }) =>
        resolve("tooLarge" in found ? undefined : found),
      );
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("the decoder ended without a picture")));
    });
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}
