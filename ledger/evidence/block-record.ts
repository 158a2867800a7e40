import { crc32 } from "node:zlib";
import { sha256 } from "./hash";

/**
 * A block in the block file:
 *
 *     0  magic           8 bytes
 *     8  block number    8, big-endian
 *    16  body length     4, big-endian: bytes of the serialised common.Block
 *    20  body checksum  32, SHA-256 over the whole body, so over metadata and validation codes too
 *    52  own offset      8, big-endian: a record moved elsewhere does not check
 *    60  header checksum 4, CRC-32 over bytes 0 to 59
 *    64  body, then 0xff to the next multiple of 512
 *
 * Records fill whole sectors and no sector of the padding is zero, so a sector that never reached the disk (it reads as
 * zeros) can be told from one in which a bit has turned.
 */
export const HEADER_LENGTH = 64;
export const SECTOR = 512;
/** Fabric's default absolute maximum of a batch is 10 MB; metadata and one large transaction come on top. */
export const MAX_BODY_LENGTH = 256 * 1024 * 1024;

const MAGIC = Buffer.from("CCBLOCK1");
const PADDING = 0xff;

export interface RecordHeader {
  readonly number: number;
  readonly bodyLength: number;
  readonly bodyChecksum: Uint8Array;
  readonly offset: number;
}

/** Bytes a record with this body takes, padding included. */
export function recordLength(bodyLength: number): number {
  return Math.ceil((HEADER_LENGTH + bodyLength) / SECTOR) * SECTOR;
}

export function encodeRecord(number: number, body: Uint8Array, offset: number): Buffer {
  const record = Buffer.alloc(recordLength(body.length), PADDING);
  MAGIC.copy(record, 0);
  record.writeBigUInt64BE(BigInt(number), 8);
  record.writeUInt32BE(body.length, 16);
  record.set(sha256(body), 20);
  record.writeBigUInt64BE(BigInt(offset), 52);
  record.writeUInt32BE(crc32(record.subarray(0, 60)), 60);
  record.set(body, HEADER_LENGTH);
  return record;
}

/** The header, or undefined where the bytes are not a header whole and sound. */
export function decodeHeader(bytes: Buffer): RecordHeader | undefined {
  if (bytes.length < HEADER_LENGTH || !bytes.subarray(0, 8).equals(MAGIC)) return undefined;
  if (bytes.readUInt32BE(60) !== crc32(bytes.subarray(0, 60))) return undefined;
  return {
    number: Number(bytes.readBigUInt64BE(8)),
    bodyLength: bytes.readUInt32BE(16),
    bodyChecksum: bytes.subarray(20, 52),
    offset: Number(bytes.readBigUInt64BE(52)),
  };
}

/** What is wrong with a record that is there in full, if anything. */
export function recordFault(header: RecordHeader, record: Buffer): string | undefined {
  const body = record.subarray(HEADER_LENGTH, HEADER_LENGTH + header.bodyLength);
  if (!Buffer.from(sha256(body)).equals(header.bodyChecksum)) return "its bytes do not match their checksum";
  const padding = record.subarray(HEADER_LENGTH + header.bodyLength);
  return padding.every((byte) => byte === PADDING) ? undefined : "its padding is damaged";
}

/** True when some sector is nothing but zeros: what a write cut off by a power failure leaves, never a flipped bit. */
export function hasEmptySector(record: Buffer): boolean {
  for (let start = 0; start < record.length; start += SECTOR) {
    if (record.subarray(start, start + SECTOR).every((byte) => byte === 0)) return true;
  }
  return false;
}
