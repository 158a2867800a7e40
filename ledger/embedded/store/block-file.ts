import { constants } from "node:fs";
import { copyFile, type FileHandle, open, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import {
  decodeHeader,
  encodeRecord,
  HEADER_LENGTH,
  MAX_BODY_LENGTH,
  recordFault,
  recordLength,
} from "../../evidence/block-record";
import type { Acknowledged } from "./acknowledgement";
import { type Scan, scanBlocks } from "./block-scan";
import { CommitError, DamagedBlockError } from "./errors";
import { syncFolder } from "./folder";

/** The append-only file of blocks. One writer, one record at a time. */
export class BlockFile {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly offsets: number[],
    private end: number,
  ) {}

  /** Checks the file (see `scanBlocks`) and cuts off a record that was not finished. */
  static async open(
    path: string,
    acknowledged: Acknowledged,
    onBlock?: (done: number, total: number) => void,
  ): Promise<{ file: BlockFile; scan: Scan; dropped: number }> {
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      await syncFolder(dirname(path));
      const scan = await scanBlocks(handle, acknowledged, onBlock);
      const { size } = await handle.stat();
      const dropped = size - scan.length;
      if (dropped > 0) {
        await handle.truncate(scan.length);
        await handle.sync();
      }
      return { file: new BlockFile(path, handle, scan.offsets, scan.length), scan, dropped };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get height(): number {
    return this.offsets.length;
  }

  get length(): number {
    return this.end;
  }

  /**
   * On disk when the promise resolves. `CommitError.usable` tells whether the file is as before (disk full) or in doubt
   * (a failed fsync: the kernel may have dropped the pages, and a second fsync would lie).
   */
  async append(body: Uint8Array): Promise<void> {
    if (body.length > MAX_BODY_LENGTH)
      throw new CommitError(true, `a block of ${body.length} bytes is too large`);
    const record = encodeRecord(this.height, body, this.end);
    try {
      await this.writeAll(record);
    } catch (cause) {
      const restored = await this.handle.truncate(this.end).then(
        () => true,
        () => false,
      );
      throw new CommitError(restored, "the block could not be written", { cause });
    }
    try {
      await this.handle.datasync();
    } catch (cause) {
      throw new CommitError(false, "the block could not be brought to the disk", { cause });
    }
    this.offsets.push(this.end);
    this.end += record.length;
  }

  /** The serialised block, checked against its checksum. Throws `DamagedBlockError`. */
  async read(number: number): Promise<Buffer | undefined> {
    const offset = this.offsets[number];
    if (offset === undefined) return undefined;
    const record = Buffer.allocUnsafe((this.offsets[number + 1] ?? this.end) - offset);
    const { bytesRead } = await this.handle.read(record, 0, record.length, offset);
    const header = decodeHeader(record);
    if (bytesRead < record.length || !header || recordLength(header.bodyLength) !== record.length) {
      throw new DamagedBlockError(number, offset, "its record header is damaged");
    }
    const fault = recordFault(header, record);
    if (fault) throw new DamagedBlockError(number, offset, fault);
    return record.subarray(HEADER_LENGTH, HEADER_LENGTH + header.bodyLength);
  }

  offset(number: number): number {
    return this.offsets[number] ?? this.end;
  }

  /** Copies the first `length` bytes; records appended meanwhile are left out. */
  async copyTo(target: string, length: number): Promise<void> {
    await copyFile(this.path, target, constants.COPYFILE_FICLONE);
    await truncate(target, length);
    const copy = await open(target, "r+");
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async writeAll(record: Buffer): Promise<void> {
    let written = 0;
    while (written < record.length) {
      const { bytesWritten } = await this.handle.write(
        record,
        written,
        record.length - written,
        this.end + written,
      );
      written += bytesWritten;
    }
  }
}
