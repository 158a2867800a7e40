import type { Update } from "../../evidence/commit-hash";
import type { ReadWriteSet, Version } from "../../evidence/types";
import { encodeEntries } from "./metadata";
import type { StateView } from "./state-database";

/** What a block leaves in one key: `value` undefined where it deletes it. */
export interface PendingValue {
  readonly value: Uint8Array | undefined;
  readonly metadata: Uint8Array | undefined;
  readonly version: Version;
}

/**
 * The writes of a block's valid transactions so far, over the state before the block. Metadata and values are merged as
 * Fabric does (`validation/tx_ops.go`): a write of the value keeps the metadata, a write of metadata alone keeps the
 * value, takes the new version, and does nothing to a key that is not there.
 */
export class UpdateBatch {
  /** By namespace, then key. */
  readonly public = new Map<string, Map<string, PendingValue>>();
  /** By namespace, collection, then hexadecimal key hash. */
  readonly hashed = new Map<string, Map<string, Map<string, PendingValue>>>();

  constructor(private readonly state: StateView) {}

  value(namespace: string, key: string): PendingValue | undefined {
    return this.public.get(namespace)?.get(key);
  }

  hashedValue(namespace: string, collection: string, keyHash: Uint8Array): PendingValue | undefined {
    return this.hashed.get(namespace)?.get(collection)?.get(hex(keyHash));
  }

  /** Applies a valid transaction's write sets. */
  add(sets: readonly ReadWriteSet[], version: Version): void {
    for (const set of sets) {
      this.addPublic(set, version);
      for (const each of set.collections) this.addHashed(set.namespace, each, version);
    }
  }

  /** Everything that counts in the commit hash. */
  updates(): Update[] {
    const updates: Update[] = [];
    for (const [namespace, keys] of this.public) {
      for (const [key, { value, version }] of keys) {
        updates.push({ namespace, collection: "", key: Buffer.from(key), value, version });
      }
    }
    for (const [namespace, collections] of this.hashed) {
      for (const [collection, keys] of collections) {
        for (const [key, { value, version }] of keys) {
          updates.push({ namespace, collection, key: Buffer.from(key, "hex"), value, version });
        }
      }
    }
    return updates;
  }

  private addPublic({ namespace, writes, metadataWrites }: ReadWriteSet, version: Version): void {
    if (writes.length === 0 && metadataWrites.length === 0) return;
    const pending = child(this.public, namespace);
    const latest = (key: string) => pending.get(key) ?? this.state.value(namespace, key);
    merge(
      writes.map((write) => ({ key: write.key, value: write.isDelete ? undefined : write.value })),
      metadataWrites,
      version,
      latest,
      pending,
    );
  }

  private addHashed(
    namespace: string,
    { collection, writes, metadataWrites }: ReadWriteSet["collections"][number],
    version: Version,
  ): void {
    if (writes.length === 0 && metadataWrites.length === 0) return;
    const pending = child(child(this.hashed, namespace), collection);
    const latest = (key: string) =>
      pending.get(key) ?? this.state.hashed(namespace, collection, Buffer.from(key, "hex"));
    merge(
      writes.map((write) => ({
        key: hex(write.keyHash),
        value: write.isDelete ? undefined : write.valueHash,
      })),
      metadataWrites.map((write) => ({ key: hex(write.keyHash), entries: write.entries })),
      version,
      latest,
      pending,
    );
  }
}

function merge(
  writes: readonly { key: string; value: Uint8Array | undefined }[],
  metadataWrites: readonly Pick<ReadWriteSet["metadataWrites"][number], "key" | "entries">[],
  version: Version,
  latest: (key: string) => { value: Uint8Array | undefined; metadata: Uint8Array | undefined } | undefined,
  pending: Map<string, PendingValue>,
): void {
  const metadata = new Map(
    metadataWrites.map(({ key, entries }) => [
      key,
      entries.length === 0 ? undefined : encodeEntries(entries),
    ]),
  );
  const merged: [string, PendingValue][] = [];
  for (const { key, value } of writes) {
    const kept = value === undefined ? undefined : latest(key)?.metadata;
    const own = metadata.has(key) ? metadata.get(key) : kept;
    merged.push([key, { value, metadata: value === undefined ? undefined : own, version }]);
    metadata.delete(key);
  }
  for (const [key, own] of metadata) {
    const value = latest(key)?.value;
    if (value !== undefined) merged.push([key, { value, metadata: own, version }]);
  }
  for (const [key, value] of merged) pending.set(key, value);
}

function child<K, A, B>(map: Map<K, Map<A, B>>, key: K): Map<A, B> {
  const found = map.get(key);
  if (found) return found;
  const made = new Map<A, B>();
  map.set(key, made);
  return made;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
