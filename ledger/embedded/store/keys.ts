import type { Version } from "../../evidence/types";

/**
 * Keys of the two LevelDB folders. Every key begins with one byte that says what it is; names are preceded by their
 * length, so no name can run into the next part; numbers are big-endian, so their order is the order of keys.
 */
const STATE = 0x73; //        s  namespace key                          → version metadata value
const HASHED = 0x68; //       h  namespace collection keyHash           → version metadata valueHash
const PRIVATE = 0x70; //      p  namespace collection key               → version value
const NAME = 0x6b; //         k  namespace collection keyHash           → the private key in clear
const HISTORY = 0x69; //      i  namespace key version                  → nothing
const TRANSACTION = 0x74; //  t  id                                     → version code
const BLOCK_HASH = 0x62; //   b  header hash                            → number
const EXPIRY = 0x78; //       x  block namespace collection keyHash version → nothing
const WRITTEN = 0x64; //      d  namespace collection keyHash version   → flags key value     (folder "private")
const BY_BLOCK = 0x6e; //     n  version namespace collection keyHash   → nothing             (folder "private")

export const SAVEPOINT = Buffer.from("m");
export const VERSION_LENGTH = 10;

export const stateKey = (namespace: string, key: string) =>
  Buffer.concat([Uint8Array.of(STATE), name(namespace), Buffer.from(key)]);

export const hashedKey = (namespace: string, collection: string, keyHash: Uint8Array) =>
  Buffer.concat([Uint8Array.of(HASHED), name(namespace), name(collection), keyHash]);

export const privateKey = (namespace: string, collection: string, key: string) =>
  Buffer.concat([Uint8Array.of(PRIVATE), name(namespace), name(collection), Buffer.from(key)]);

export const nameKey = (namespace: string, collection: string, keyHash: Uint8Array) =>
  Buffer.concat([Uint8Array.of(NAME), name(namespace), name(collection), keyHash]);

export const historyKey = (namespace: string, key: string, version?: Version) =>
  Buffer.concat([
    Uint8Array.of(HISTORY),
    name(namespace),
    name(key),
    version ? versionBytes(version) : new Uint8Array(0),
  ]);

export const transactionKey = (id: string) => Buffer.concat([Uint8Array.of(TRANSACTION), Buffer.from(id)]);

export const blockHashKey = (hash: Uint8Array) => Buffer.concat([Uint8Array.of(BLOCK_HASH), hash]);

export const expiryKey = (
  block: number,
  namespace: string,
  collection: string,
  keyHash: Uint8Array,
  version: Version,
) =>
  Buffer.concat([
    Uint8Array.of(EXPIRY),
    number48(block),
    name(namespace),
    name(collection),
    keyHash,
    versionBytes(version),
  ]);

/** All expiries of one block: those of `block` are in [expiryStart(block), expiryStart(block + 1)). */
export const expiryStart = (block: number) => Buffer.concat([Uint8Array.of(EXPIRY), number48(block)]);

export function decodeExpiryKey(key: Buffer) {
  const namespace = readName(key, 7);
  const collection = readName(key, namespace.end);
  return {
    namespace: namespace.text,
    collection: collection.text,
    keyHash: key.subarray(collection.end, key.length - VERSION_LENGTH),
    version: decodeVersion(key, key.length - VERSION_LENGTH),
  };
}

export const writtenKey = (
  namespace: string,
  collection: string,
  keyHash: Uint8Array,
  version?: Version,
): Buffer =>
  Buffer.concat([
    Uint8Array.of(WRITTEN),
    name(namespace),
    name(collection),
    keyHash,
    version ? versionBytes(version) : new Uint8Array(0),
  ]);

export const byBlockKey = (
  version: Version,
  namespace: string,
  collection: string,
  keyHash: Uint8Array,
): Buffer =>
  Buffer.concat([Uint8Array.of(BY_BLOCK), versionBytes(version), name(namespace), name(collection), keyHash]);

/** All private writes of one block: those of `block` are in [byBlockStart(block), byBlockStart(block + 1)). */
export const byBlockStart = (block: number) => Buffer.concat([Uint8Array.of(BY_BLOCK), number48(block)]);

export const byBlockEnd = Buffer.of(BY_BLOCK + 1);

export function decodeByBlockKey(key: Buffer) {
  const namespace = readName(key, 1 + VERSION_LENGTH);
  const collection = readName(key, namespace.end);
  return {
    version: decodeVersion(key, 1),
    namespace: namespace.text,
    collection: collection.text,
    keyHash: key.subarray(collection.end),
  };
}

/** 6 bytes of block number and 4 of place, so that their order is that of writing. */
export function versionBytes(version: Version): Buffer {
  const bytes = Buffer.allocUnsafe(VERSION_LENGTH);
  bytes.writeUIntBE(version.block, 0, 6);
  bytes.writeUInt32BE(version.transaction, 6);
  return bytes;
}

export function decodeVersion(bytes: Buffer, offset: number): Version {
  return { block: bytes.readUIntBE(offset, 6), transaction: bytes.readUInt32BE(offset + 6) };
}

/** First key after every key that begins so: UTF-8 and versions below 2^40 blocks never begin with 0xff. */
export function after(prefix: Buffer): Buffer {
  return Buffer.concat([prefix, Uint8Array.of(0xff)]);
}

function name(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function readName(key: Buffer, offset: number): { text: string; end: number } {
  const start = offset + 4;
  const end = start + key.readUInt32BE(offset);
  return { text: key.toString("utf8", start, end), end };
}

function number48(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}
