import { type RawBlock, readBlock } from "../../evidence/block";
import {
  decodeHeader,
  HEADER_LENGTH,
  hasEmptySector,
  recordFault,
  recordLength,
  SECTOR,
} from "../../evidence/block-record";
import { type ChainEnd, checkBlock, emptyChain, same } from "../../evidence/chain";
import type { Acknowledged } from "./acknowledgement";
import { DamagedBlockError } from "./errors";

/** The part of a `FileHandle` a scan needs. */
export interface ReadableFile {
  stat(): Promise<{ size: number }>;
  read(target: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

/** What a start finds in the block file. */
export interface Scan {
  readonly end: ChainEnd;
  /** Byte at which each block's record begins. */
  readonly offsets: number[];
  /** Length of the file up to the last whole record; what follows was never acknowledged and is to be cut off. */
  readonly length: number;
  /** The last block; undefined on an empty ledger. */
  readonly last: RawBlock | undefined;
}

/**
 * Reads the whole file and checks every record and the chain. Throws `DamagedBlockError` at the first fault; the one
 * thing let pass is a last record that was being written when the process or the machine stopped:
 *
 * - it stands above the acknowledged length, where there is at most one record, and
 * - it is shorter than its header says (a write stops early, a flipped bit does not shorten a file), or one of its
 *   sectors is still empty (pages reach the disk in any order before the fsync).
 *
 * Whatever else does not check was written whole and has changed since.
 */
export async function scanBlocks(
  handle: ReadableFile,
  acknowledged: Acknowledged,
  onBlock: (done: number, total: number) => void = () => undefined,
): Promise<Scan> {
  const { size } = await handle.stat();
  const reader = new WindowReader(handle, size);
  const offsets: number[] = [];
  let end = emptyChain;
  let last: RawBlock | undefined;
  let offset = 0;

  const take = (record: Buffer, bodyLength: number) => {
    try {
      last = readBlock(record.subarray(HEADER_LENGTH, HEADER_LENGTH + bodyLength));
      end = checkBlock(last, end);
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new DamagedBlockError(offsets.length, offset, detail, { cause });
    }
    offsets.push(offset);
    offset += record.length;
  };

  while (offset < acknowledged.length) {
    const found = await readRecord(reader, offsets.length, offset);
    if (found.kind !== "whole") throw new DamagedBlockError(offsets.length, offset, found.detail);
    take(found.record, found.bodyLength);
    onBlock(offset, acknowledged.length);
  }
  if (offset !== acknowledged.length || end.height !== acknowledged.height) {
    throw new DamagedBlockError(
      offsets.length,
      offset,
      `the file does not end at block ${acknowledged.height}`,
    );
  }
  if (end.height > 0 && !same(end.hash, acknowledged.hash)) {
    throw new DamagedBlockError(
      end.height - 1,
      offsets.at(-1) ?? 0,
      "it is not the block that was acknowledged",
    );
  }

  if (offset < size) {
    const found = await readRecord(reader, offsets.length, offset);
    if (found.kind === "damaged") throw new DamagedBlockError(offsets.length, offset, found.detail);
    if (found.kind === "whole") {
      // Written and fsynced, but the process stopped before it could say so.
      take(found.record, found.bodyLength);
      if (offset < size) throw new DamagedBlockError(offsets.length, offset, "bytes follow the last block");
    }
  }
  return { end, offsets, length: offset, last };
}

type Found =
  | { kind: "whole"; record: Buffer; bodyLength: number }
  | { kind: "cutOff"; detail: string }
  | { kind: "damaged"; detail: string };

async function readRecord(reader: WindowReader, number: number, offset: number): Promise<Found> {
  const start = await reader.read(offset, SECTOR);
  const header = decodeHeader(start);
  if (!header) {
    if (start.length < HEADER_LENGTH) return { kind: "cutOff", detail: "its record ends within the header" };
    if (hasEmptySector(start)) return { kind: "cutOff", detail: "its header is empty" };
    return { kind: "damaged", detail: "its record header is damaged" };
  }
  if (header.number !== number || header.offset !== offset) {
    return { kind: "damaged", detail: `the record there is block ${header.number} of byte ${header.offset}` };
  }
  const record = await reader.read(offset, recordLength(header.bodyLength));
  if (record.length < recordLength(header.bodyLength)) {
    return { kind: "cutOff", detail: "its record is shorter than its header says" };
  }
  const fault = recordFault(header, record);
  if (!fault) return { kind: "whole", record, bodyLength: header.bodyLength };
  return { kind: hasEmptySector(record) ? "cutOff" : "damaged", detail: fault };
}

const WINDOW = 4 * 1024 * 1024;

/** Reads forward through a file in large pieces. Each piece is a buffer of its own, so earlier views stay as they are. */
class WindowReader {
  private window = Buffer.alloc(0);
  private start = 0;

  constructor(
    private readonly handle: ReadableFile,
    private readonly size: number,
  ) {}

  /** Up to `length` bytes; fewer only at the end of the file. */
  async read(offset: number, length: number): Promise<Buffer> {
    const available = Math.min(length, this.size - offset);
    const from = offset - this.start;
    if (from < 0 || from + available > this.window.length) await this.fill(offset, available);
    const begin = offset - this.start;
    return this.window.subarray(begin, begin + available);
  }

  private async fill(offset: number, least: number): Promise<void> {
    const window = Buffer.allocUnsafe(Math.min(Math.max(least, WINDOW), this.size - offset));
    let filled = 0;
    while (filled < window.length) {
      const { bytesRead } = await this.handle.read(window, filled, window.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.window = window.subarray(0, filled);
    this.start = offset;
  }
}
