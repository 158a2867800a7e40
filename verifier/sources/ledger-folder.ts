/** Blocks from the folder of an embedded ledger, also while it runs: the file only grows. */
import { type FileHandle, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeHeader, HEADER_LENGTH, recordFault, recordLength } from "../../ledger/evidence/block-record";
import { NoEvidenceError } from "../chain/frames";

/** Where the file is below a ledger's own folder, a data folder's `ledger`, and a data folder. */
const places = ["blocks", join("ledger", "blocks"), join("ledger", "ledger", "blocks")];

/** @throws NoEvidenceError where there is no such file, or it is damaged */
export async function* blocksOfFolder(folder: string): AsyncGenerator<Uint8Array> {
  const file = await blockFile(folder);
  const handle = await open(file, "r");
  try {
    for (let offset = 0; ; ) {
      const header = await take(handle, offset, HEADER_LENGTH);
      // A record that is being written is not there yet.
      if (header.length < HEADER_LENGTH) return;
      const read = decodeHeader(header);
      if (!read || read.offset !== offset)
        throw new NoEvidenceError(`${file}: the record at byte ${offset} is damaged`);
      const length = recordLength(read.bodyLength);
      const record = await take(handle, offset, length);
      if (record.length < length) return;
      const fault = recordFault(read, record);
      if (fault) throw new NoEvidenceError(`${file}: block ${read.number}: ${fault}`);
      yield record.subarray(HEADER_LENGTH, HEADER_LENGTH + read.bodyLength);
      offset += length;
    }
  } finally {
    await handle.close();
  }
}

async function blockFile(folder: string): Promise<string> {
  for (const place of places) {
    const file = join(folder, place);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) return file;
  }
  throw new NoEvidenceError(`${folder}: no file of blocks is there`);
}

async function take(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
