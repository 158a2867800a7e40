import { ClassicLevel } from "classic-level";
import type { MetadataEntry, Version } from "../../evidence/types";
import { LedgerOpenError } from "./errors";
import {
  after,
  blockHashKey,
  decodeVersion,
  hashedKey,
  historyKey,
  nameKey,
  privateKey,
  SAVEPOINT,
  stateKey,
  transactionKey,
  VERSION_LENGTH,
  versionBytes,
} from "./keys";
import { decodeEntries } from "./metadata";
import type { StateValue, TransactionLocation } from "./types";

export type Level = ClassicLevel<Buffer, Buffer>;
export type LevelSnapshot = ReturnType<Level["snapshot"]>;
export type Operation = { type: "put"; key: Buffer; value: Buffer } | { type: "del"; key: Buffer };

/** A value with the serialised metadata it is stored with. */
export interface VersionedValue {
  readonly version: Version;
  readonly metadata: Uint8Array | undefined;
  readonly value: Uint8Array;
}

export interface KeyedValue extends VersionedValue {
  readonly key: string;
}

/** Up to which block the state holds what the blocks say. */
export interface Savepoint {
  readonly height: number;
  readonly hash: Uint8Array;
}

/** Opens a LevelDB folder, which also locks it against a second process. Throws `LedgerOpenError`. */
export async function openLevel(dir: string): Promise<Level> {
  const level: Level = new ClassicLevel<Buffer, Buffer>(dir, {
    keyEncoding: "buffer",
    valueEncoding: "buffer",
    writeBufferSize: 16 * 1024 * 1024,
    cacheSize: 32 * 1024 * 1024,
  });
  try {
    await level.open();
    return level;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "LEVEL_LOCKED") {
      throw new LedgerOpenError("locked", "another process has the ledger open", { cause: error });
    }
    throw new LedgerOpenError(
      "database",
      `the database in ${dir} cannot be opened (a folder "state" may be removed: it is made again from the blocks)`,
      { cause: error },
    );
  }
}

/**
 * One moment of the state: the live database, or a snapshot of it. Reads are synchronous: they mostly meet LevelDB's
 * cache, and a hop to a thread costs more than the read.
 */
export class StateView {
  constructor(
    protected readonly level: Level,
    protected readonly snapshot?: LevelSnapshot,
  ) {}

  value(namespace: string, key: string): VersionedValue | undefined {
    return decodeValue(this.get(stateKey(namespace, key)));
  }

  hashed(namespace: string, collection: string, keyHash: Uint8Array): VersionedValue | undefined {
    return decodeValue(this.get(hashedKey(namespace, collection, keyHash)));
  }

  private(namespace: string, collection: string, key: string): VersionedValue | undefined {
    return decodeValue(this.get(privateKey(namespace, collection, key)));
  }

  /** The key in clear of a private value the state holds. */
  privateName(namespace: string, collection: string, keyHash: Uint8Array): string | undefined {
    return this.get(nameKey(namespace, collection, keyHash))?.toString("utf8");
  }

  /** [start, end) in byte order; an empty end is the end of the namespace. */
  range(namespace: string, start: string, end: string): AsyncGenerator<KeyedValue> {
    return this.scan(stateKey(namespace, ""), start, end);
  }

  privateRange(
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): AsyncGenerator<KeyedValue> {
    return this.scan(privateKey(namespace, collection, ""), start, end);
  }

  /** Where a key was written by valid transactions, newest first. */
  async *history(namespace: string, key: string): AsyncGenerator<Version> {
    const prefix = historyKey(namespace, key);
    const found = this.level.keys({
      gte: prefix,
      lt: after(prefix),
      reverse: true,
      ...this.options,
    });
    for await (const each of found) yield decodeVersion(each, prefix.length);
  }

  location(id: string): TransactionLocation | undefined {
    const bytes = this.get(transactionKey(id));
    if (!bytes) return undefined;
    const { block, transaction } = decodeVersion(bytes, 0);
    return { block, index: transaction, code: bytes.readUInt8(VERSION_LENGTH) };
  }

  numberOf(hash: Uint8Array): number | undefined {
    return this.get(blockHashKey(hash))?.readUIntBE(0, 6);
  }

  savepoint(): Savepoint {
    const bytes = this.get(SAVEPOINT);
    return bytes
      ? { height: bytes.readUIntBE(0, 6), hash: bytes.subarray(6) }
      : { height: 0, hash: new Uint8Array(0) };
  }

  protected get(key: Buffer): Buffer | undefined {
    return this.snapshot ? this.level.getSync(key, this.options) : this.level.getSync(key);
  }

  private get options(): { snapshot?: LevelSnapshot } {
    return this.snapshot ? { snapshot: this.snapshot } : {};
  }

  private async *scan(prefix: Buffer, start: string, end: string): AsyncGenerator<KeyedValue> {
    const found = this.level.iterator({
      gte: Buffer.concat([prefix, Buffer.from(start)]),
      lt: end === "" ? after(prefix) : Buffer.concat([prefix, Buffer.from(end)]),
      ...this.options,
    });
    for await (const [key, bytes] of found) {
      const value = decodeValue(bytes);
      if (value) yield { key: key.toString("utf8", prefix.length), ...value };
    }
  }
}

/** The state as of the last block applied, and the only way to change it. */
export class StateDatabase extends StateView {
  static async open(dir: string): Promise<StateDatabase> {
    return new StateDatabase(await openLevel(dir));
  }

  /** A view that later blocks do not change. The caller closes the snapshot. */
  capture(): { view: StateView; snapshot: LevelSnapshot } {
    const snapshot = this.level.snapshot();
    return { view: new StateView(this.level, snapshot), snapshot };
  }

  /** All or nothing. Not fsynced: what a power failure takes is applied again from the blocks. */
  async apply(operations: Operation[], savepoint: Savepoint): Promise<void> {
    const bytes = Buffer.alloc(6 + savepoint.hash.length);
    bytes.writeUIntBE(savepoint.height, 0, 6);
    bytes.set(savepoint.hash, 6);
    operations.push({ type: "put", key: SAVEPOINT, value: bytes });
    await this.level.batch(operations);
  }

  /** Keys in [from, to). */
  async keys(from: Buffer, to: Buffer): Promise<Buffer[]> {
    return await this.level.keys({ gte: from, lt: to }).all();
  }

  /** `apply`, after which the keys that it deletes are gone from the files too (unless an open snapshot needs them). */
  async applyErasing(keys: readonly Buffer[], operations: Operation[], savepoint: Savepoint): Promise<void> {
    await erasing(this.level, keys, () => this.apply(operations, savepoint));
  }

  async close(): Promise<void> {
    await this.level.close();
  }
}

/**
 * Runs a deletion so that LevelDB's files keep nothing of the deleted values. Compaction merges a deletion with the value
 * only where they lie in different files: so the values are brought to a file first, the deletion comes after.
 */
export async function erasing(
  level: Level,
  prefixes: readonly Buffer[],
  deletion: () => Promise<void>,
): Promise<void> {
  const ranges = rangesOf(prefixes);
  for (const [from, to] of ranges) await level.compactRange(from, to);
  await deletion();
  for (const [from, to] of ranges) await level.compactRange(from, to);
}

/** Below so many ranges each is compacted by itself; with more, all that lies between them is compacted once. */
const FEW_RANGES = 8;

function rangesOf(prefixes: readonly Buffer[]): (readonly [Buffer, Buffer])[] {
  if (prefixes.length <= FEW_RANGES) return prefixes.map((prefix) => [prefix, after(prefix)] as const);
  const sorted = [...prefixes].sort(Buffer.compare);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first && last ? [[first, after(last)]] : [];
}

export function encodeValue({ version, metadata, value }: VersionedValue): Buffer {
  const metadataLength = metadata?.length ?? 0;
  const bytes = Buffer.allocUnsafe(VERSION_LENGTH + 4 + metadataLength + value.length);
  versionBytes(version).copy(bytes, 0);
  bytes.writeUInt32BE(metadataLength, VERSION_LENGTH);
  if (metadata) bytes.set(metadata, VERSION_LENGTH + 4);
  bytes.set(value, VERSION_LENGTH + 4 + metadataLength);
  return bytes;
}

export function stateValue(found: VersionedValue): StateValue {
  return { value: found.value, version: found.version, metadata: entries(found) };
}

export function entries(found: VersionedValue | undefined): MetadataEntry[] {
  return found?.metadata ? decodeEntries(found.metadata) : [];
}

function decodeValue(bytes: Buffer | undefined): VersionedValue | undefined {
  if (!bytes) return undefined;
  const metadataEnd = VERSION_LENGTH + 4 + bytes.readUInt32BE(VERSION_LENGTH);
  return {
    version: decodeVersion(bytes, 0),
    metadata: metadataEnd > VERSION_LENGTH + 4 ? bytes.subarray(VERSION_LENGTH + 4, metadataEnd) : undefined,
    value: bytes.subarray(metadataEnd),
  };
}
