import { sha256 } from "../../evidence/hash";
import type { PrivateWriteSet } from "../../evidence/private-writes";
import type { Version, Write } from "../../evidence/types";
import { LedgerOpenError } from "./errors";
import {
  byBlockEnd,
  byBlockKey,
  byBlockStart,
  decodeByBlockKey,
  decodeVersion,
  VERSION_LENGTH,
  writtenKey,
} from "./keys";
import { erasing, type Level, type LevelSnapshot, type Operation, openLevel } from "./state-database";

export type PrivateWrites = Omit<PrivateWriteSet, "bytes">;
/** What each transaction of a block wrote in clear, by place in the block. */
export type BlockPrivateWrites = ReadonlyMap<number, readonly PrivateWrites[]>;

/** A key that is purged, with all its writes up to a version. */
export interface Purge {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
  readonly upTo: Version;
}

const MARK = Buffer.from("m");

const WRITE = 1;
const DELETE = 2;
const METADATA = 4;

/**
 * Private write sets, the one thing that is in no block: they are fsynced before the block that commits to their hashes,
 * and the private part of the state is made again from them. What is purged leaves this store for good.
 */
export class PrivateStore {
  private constructor(private readonly level: Level) {}

  static async create(dir: string): Promise<PrivateStore> {
    const level = await openLevel(dir);
    await level.batch([{ type: "put", key: MARK, value: Buffer.alloc(0) }], { sync: true });
    return new PrivateStore(level);
  }

  /** Throws `LedgerOpenError` ("private") where there is no store: an empty one would pass for data nobody wrote. */
  static async open(dir: string): Promise<PrivateStore> {
    const level = await openLevel(dir);
    if (level.getSync(MARK)) return new PrivateStore(level);
    await level.close();
    throw new LedgerOpenError(
      "private",
      "the folder of private data is missing or empty; private data is in no block and can only come from a backup",
    );
  }

  async put(block: number, writes: BlockPrivateWrites): Promise<void> {
    const operations: Operation[] = [];
    for (const [transaction, sets] of writes) {
      const version = { block, transaction };
      for (const { namespace, collection, ...set } of sets) {
        for (const [key, entry] of entriesOf(set)) {
          const keyHash = sha256(Buffer.from(key));
          operations.push(
            {
              type: "put",
              key: writtenKey(namespace, collection, keyHash, version),
              value: encodeEntry(key, entry),
            },
            {
              type: "put",
              key: byBlockKey(version, namespace, collection, keyHash),
              value: Buffer.alloc(0),
            },
          );
        }
      }
    }
    if (operations.length > 0) await this.level.batch(operations, { sync: true });
  }

  async ofBlock(block: number): Promise<BlockPrivateWrites> {
    const found = await this.level.keys({ gte: byBlockStart(block), lt: byBlockStart(block + 1) }).all();
    const sets = new Map<number, Map<string, Collected>>();
    for (const each of found) {
      const { version, namespace, collection, keyHash } = decodeByBlockKey(each);
      const bytes = await this.level.get(writtenKey(namespace, collection, keyHash, version));
      if (!bytes) continue;
      const ofTransaction = sets.get(version.transaction) ?? new Map<string, Collected>();
      sets.set(version.transaction, ofTransaction);
      const name = JSON.stringify([namespace, collection]);
      const set = ofTransaction.get(name) ?? { namespace, collection, writes: [], metadataKeys: [] };
      ofTransaction.set(name, set);
      collect(set, bytes);
    }
    return new Map([...sets].map(([transaction, each]) => [transaction, [...each.values()]]));
  }

  /** Removes every write of each key up to a version, from the files too. */
  async purge(purges: readonly Purge[]): Promise<void> {
    const prefixes: Buffer[] = [];
    const operations: Operation[] = [];
    for (const { namespace, collection, keyHash, upTo } of purges) {
      const first = writtenKey(namespace, collection, keyHash);
      const last = writtenKey(namespace, collection, keyHash, upTo);
      const keys = await this.level.keys({ gte: first, lte: last }).all();
      if (keys.length > 0) prefixes.push(first);
      for (const key of keys) {
        const version = decodeVersion(key, key.length - VERSION_LENGTH);
        operations.push(...deletions(namespace, collection, keyHash, version));
      }
    }
    if (operations.length === 0) return;
    await erasing(this.level, prefixes, () => this.level.batch(operations, { sync: true }));
  }

  /** Removes one write, to be overwritten in the files in LevelDB's own time. */
  async forget(namespace: string, collection: string, keyHash: Uint8Array, version: Version): Promise<void> {
    await this.level.batch(deletions(namespace, collection, keyHash, version), { sync: true });
  }

  /** Forgets what belongs to blocks that were never written. */
  async dropFrom(height: number): Promise<void> {
    const references = await this.level.keys({ gte: byBlockStart(height), lt: byBlockEnd }).all();
    const operations = references.flatMap((reference) => {
      const { version, namespace, collection, keyHash } = decodeByBlockKey(reference);
      return deletions(namespace, collection, keyHash, version);
    });
    if (operations.length > 0) await this.level.batch(operations, { sync: true });
  }

  capture(): LevelSnapshot {
    return this.level.snapshot();
  }

  /** Copies everything the snapshot holds into a new folder. */
  async copyTo(dir: string, snapshot: LevelSnapshot): Promise<void> {
    const target = await openLevel(dir);
    try {
      let operations: Operation[] = [];
      for await (const [key, value] of this.level.iterator({ snapshot })) {
        operations.push({ type: "put", key, value });
        if (operations.length < 1000) continue;
        await target.batch(operations);
        operations = [];
      }
      await target.batch(operations, { sync: true });
    } finally {
      await target.close();
    }
  }

  async close(): Promise<void> {
    await this.level.close();
  }
}

function deletions(
  namespace: string,
  collection: string,
  keyHash: Uint8Array,
  version: Version,
): Operation[] {
  return [
    { type: "del", key: writtenKey(namespace, collection, keyHash, version) },
    { type: "del", key: byBlockKey(version, namespace, collection, keyHash) },
  ];
}

interface Entry {
  flags: number;
  value: Uint8Array;
}

interface Collected {
  namespace: string;
  collection: string;
  writes: Write[];
  metadataKeys: string[];
}

function entriesOf({ writes, metadataKeys }: Pick<PrivateWrites, "writes" | "metadataKeys">) {
  const entries = new Map<string, Entry>();
  for (const { key, value, isDelete } of writes) {
    entries.set(key, { flags: WRITE | (isDelete ? DELETE : 0), value });
  }
  for (const key of metadataKeys) {
    const entry = entries.get(key) ?? { flags: 0, value: Buffer.alloc(0) };
    entries.set(key, { ...entry, flags: entry.flags | METADATA });
  }
  return entries;
}

function collect(set: Collected, bytes: Buffer): void {
  const { flags, key, value } = decodeEntry(bytes);
  if (flags & WRITE) {
    set.writes.push({ namespace: set.namespace, key, value, isDelete: (flags & DELETE) !== 0 });
  }
  if (flags & METADATA) set.metadataKeys.push(key);
}

function encodeEntry(key: string, { flags, value }: Entry): Buffer {
  const name = Buffer.from(key);
  const head = Buffer.allocUnsafe(5);
  head.writeUInt8(flags);
  head.writeUInt32BE(name.length, 1);
  return Buffer.concat([head, name, value]);
}

function decodeEntry(bytes: Buffer): Entry & { key: string } {
  const keyEnd = 5 + bytes.readUInt32BE(1);
  return {
    flags: bytes.readUInt8(0),
    key: bytes.toString("utf8", 5, keyEnd),
    value: bytes.subarray(keyEnd),
  };
}
