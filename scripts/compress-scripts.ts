import { glob, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);
/** Less is not worth a header. */
const LEAST_BYTES = 1_000;

/** Writes each script and style sheet of a folder once more beside it, as small as Brotli makes it: what never changes is compressed once. */
export async function compressScripts(folder: string): Promise<void> {
  for await (const name of glob("**/*.{js,mjs,css}", { cwd: folder })) {
    const bytes = await readFile(join(folder, name));
    if (bytes.length < LEAST_BYTES) continue;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    await writeFile(join(folder, `${name}.br`), await compress(bytes, { params }));
  }
}
