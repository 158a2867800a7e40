import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { LedgerOpenError } from "./errors";
import { writeFileDurably } from "./folder";

/** How far the block file has been promised to somebody. */
export interface Acknowledged {
  readonly height: number;
  /** Length of the block file at that height. */
  readonly length: number;
  /** Header hash of the last block; 32 zero bytes at height 0. */
  readonly hash: Uint8Array;
}

const MAGIC = Buffer.from("CCACKED1");
const SLOT_LENGTH = 64;
// Each slot has a page of its own: a write that is cut off damages one, and the other still holds the height before.
const SLOT_DISTANCE = 4096;
const FILE = "acknowledged";

/**
 * Two slots written in turn, each with a checksum. What is in it has been fsynced before a commit is reported, so every
 * incomplete record below it is damage and only one above it can be a write that was cut off.
 */
export class AcknowledgementFile {
  private constructor(private readonly handle: FileHandle) {}

  static async create(dir: string, first: Acknowledged = { height: 0, length: 0, hash: new Uint8Array(32) }) {
    const bytes = Buffer.alloc(2 * SLOT_DISTANCE);
    encodeSlot(first).copy(bytes, slotOffset(first.height));
    await writeFileDurably(join(dir, FILE), bytes);
  }

  /** Throws `LedgerOpenError` ("acknowledgement") where neither slot can be read or the file is missing. */
  static async open(dir: string): Promise<{ file: AcknowledgementFile; acknowledged: Acknowledged }> {
    const handle = await open(join(dir, FILE), "r+").catch((cause: unknown) => {
      throw new LedgerOpenError(
        "acknowledgement",
        `${FILE} is missing: it says how far blocks were acknowledged`,
        {
          cause,
        },
      );
    });
    const bytes = Buffer.alloc(2 * SLOT_DISTANCE);
    await handle.read(bytes, 0, bytes.length, 0);
    const slots = [0, SLOT_DISTANCE]
      .map((offset) => decodeSlot(bytes.subarray(offset, offset + SLOT_LENGTH)))
      .filter((slot) => slot !== undefined);
    const [first, second] = slots;
    if (!first) {
      await handle.close();
      throw new LedgerOpenError("acknowledgement", `${FILE} is damaged: neither of its two entries checks`);
    }
    const acknowledged = second && second.height > first.height ? second : first;
    return { file: new AcknowledgementFile(handle), acknowledged };
  }

  /** On disk when the promise resolves. */
  async write(acknowledged: Acknowledged): Promise<void> {
    const slot = encodeSlot(acknowledged);
    await this.handle.write(slot, 0, slot.length, slotOffset(acknowledged.height));
    await this.handle.datasync();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

function slotOffset(height: number): number {
  return (height % 2) * SLOT_DISTANCE;
}

function encodeSlot({ height, length, hash }: Acknowledged): Buffer {
  const slot = Buffer.alloc(SLOT_LENGTH);
  MAGIC.copy(slot, 0);
  slot.writeBigUInt64BE(BigInt(height), 8);
  slot.writeBigUInt64BE(BigInt(length), 16);
  slot.set(hash, 24);
  slot.writeUInt32BE(crc32(slot.subarray(0, 60)), 60);
  return slot;
}

function decodeSlot(slot: Buffer): Acknowledged | undefined {
  if (!slot.subarray(0, 8).equals(MAGIC) || slot.readUInt32BE(60) !== crc32(slot.subarray(0, 60))) {
    return undefined;
  }
  return {
    height: Number(slot.readBigUInt64BE(8)),
    length: Number(slot.readBigUInt64BE(16)),
    hash: Uint8Array.from(slot.subarray(24, 56)),
  };
}
