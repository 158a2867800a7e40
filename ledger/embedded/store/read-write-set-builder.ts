import { encodeReadWriteSets } from "../../evidence/encode-read-write-set";
import { sha256 } from "../../evidence/hash";
import { encodePrivateCollection, encodePrivateWrites } from "../../evidence/private-writes";
import type {
  HashedMetadataWrite,
  HashedRead,
  HashedWrite,
  MetadataEntry,
  MetadataWrite,
  RangeQuery,
  Read,
  ReadWriteSet,
  Version,
  Write,
} from "../../evidence/types";
import type { SimulationResult } from "./types";

interface PublicSet {
  readonly reads: Map<string, Read>;
  readonly writes: Map<string, Write>;
  readonly metadataWrites: Map<string, MetadataWrite>;
  readonly rangeQueries: (() => RangeQuery)[];
  readonly collections: Map<string, CollectionSet>;
}

/** Everything by the key in clear: hashed sets are sorted by it, as in Fabric. */
interface CollectionSet {
  readonly reads: Map<string, HashedRead>;
  readonly writes: Map<string, HashedWrite>;
  readonly metadataWrites: Map<string, HashedMetadataWrite>;
  readonly privateWrites: Map<string, Write>;
}

const NOTHING = new Uint8Array(0);

/**
 * Gathers what a simulation reads and writes, and puts it in Fabric's order (`rwsetutil.RWSetBuilder`): namespaces,
 * collections and keys by their bytes, range queries as they were made; the last write of a key counts.
 */
export class ReadWriteSetBuilder {
  private readonly sets = new Map<string, PublicSet>();

  read(namespace: string, key: string, version: Version | undefined): void {
    this.set(namespace).reads.set(key, { namespace, key, ...(version && { version }) });
  }

  /** `finish` is asked for the query when the simulation ends: until then it may still grow. */
  rangeQuery(namespace: string, finish: () => RangeQuery): void {
    this.set(namespace).rangeQueries.push(finish);
  }

  write(namespace: string, key: string, value: Uint8Array): void {
    this.set(namespace).writes.set(key, { namespace, key, value, isDelete: value.length === 0 });
  }

  metadata(namespace: string, key: string, entries: readonly MetadataEntry[]): void {
    this.set(namespace).metadataWrites.set(key, { namespace, key, entries: sorted(entries) });
  }

  hashedRead(namespace: string, collection: string, key: string, version: Version | undefined): void {
    const read = { namespace, collection, keyHash: hashOf(key), ...(version && { version }) };
    this.collection(namespace, collection).reads.set(key, read);
  }

  privateWrite(namespace: string, collection: string, key: string, value: Uint8Array, isPurge = false): void {
    const set = this.collection(namespace, collection);
    const isDelete = value.length === 0;
    const valueHash = isDelete ? NOTHING : sha256(value);
    set.privateWrites.set(key, { namespace, key, value, isDelete });
    set.writes.set(key, { namespace, collection, keyHash: hashOf(key), valueHash, isDelete, isPurge });
  }

  privateMetadata(
    namespace: string,
    collection: string,
    key: string,
    entries: readonly MetadataEntry[],
  ): void {
    const write = { namespace, collection, keyHash: hashOf(key), entries: sorted(entries) };
    this.collection(namespace, collection).metadataWrites.set(key, write);
  }

  result(): SimulationResult {
    const privateSets: { namespace: string; collection: string; bytes: Uint8Array }[] = [];
    const collections: [string, string][] = [];
    let isReadOnly = true;
    const sets = byKey(this.sets).map(([namespace, set]): ReadWriteSet => {
      if (set.writes.size > 0 || set.metadataWrites.size > 0) isReadOnly = false;
      return {
        namespace,
        reads: values(set.reads),
        writes: values(set.writes),
        metadataWrites: values(set.metadataWrites),
        rangeQueries: distinct(set.rangeQueries.map((finish) => finish())),
        collections: byKey(set.collections).map(([collection, each]) => {
          collections.push([namespace, collection]);
          const bytes = privateBytes(each);
          if (bytes) {
            isReadOnly = false;
            privateSets.push({ namespace, collection, bytes });
          }
          return {
            collection,
            reads: values(each.reads),
            writes: values(each.writes),
            metadataWrites: values(each.metadataWrites),
            privateHash: bytes ? sha256(bytes) : NOTHING,
          };
        }),
      };
    });
    return {
      publicSet: encodeReadWriteSets(sets),
      ...(privateSets.length > 0 && { privateWrites: encodePrivateWrites(privateSets) }),
      collections,
      isReadOnly,
    };
  }

  private set(namespace: string): PublicSet {
    const found = this.sets.get(namespace);
    if (found) return found;
    const made: PublicSet = {
      reads: new Map(),
      writes: new Map(),
      metadataWrites: new Map(),
      rangeQueries: [],
      collections: new Map(),
    };
    this.sets.set(namespace, made);
    return made;
  }

  private collection(namespace: string, collection: string): CollectionSet {
    const { collections } = this.set(namespace);
    const found = collections.get(collection);
    if (found) return found;
    const made: CollectionSet = {
      reads: new Map(),
      writes: new Map(),
      metadataWrites: new Map(),
      privateWrites: new Map(),
    };
    collections.set(collection, made);
    return made;
  }
}

function privateBytes(set: CollectionSet): Uint8Array | undefined {
  if (set.privateWrites.size === 0 && set.metadataWrites.size === 0) return undefined;
  const metadataKeys = byKey(set.metadataWrites).map(([key]) => key);
  return encodePrivateCollection(values(set.privateWrites), metadataKeys);
}

function distinct(queries: readonly RangeQuery[]): RangeQuery[] {
  const kept = new Map<string, RangeQuery>();
  for (const query of queries) {
    const name = JSON.stringify([query.start, query.end, query.exhausted]);
    if (!kept.has(name)) kept.set(name, query);
  }
  return [...kept.values()];
}

function values<T>(map: ReadonlyMap<string, T>): T[] {
  return byKey(map).map(([, value]) => value);
}

function byKey<T>(map: ReadonlyMap<string, T>): [string, T][] {
  if (map.size < 2) return [...map];
  return [...map].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function sorted(entries: readonly MetadataEntry[]): MetadataEntry[] {
  return [...entries].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

function hashOf(key: string): Uint8Array {
  return sha256(Buffer.from(key));
}
