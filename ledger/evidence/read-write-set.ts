import { type Budget, type Decoded, decode, UndecodableError } from "./protobuf/decode";
import { hashedRwSet, kvRwSet, txReadWriteSet } from "./protobuf/messages";
import type {
  CollectionReadWriteSet,
  HashedMetadataWrite,
  HashedRead,
  HashedWrite,
  RangeQuery,
  Read,
  ReadWriteSet,
  Version,
  Write,
} from "./types";

type KvRwSet = Decoded<typeof kvRwSet>;
type HashedRwSet = Decoded<typeof hashedRwSet>;
type Nested<List extends readonly unknown[]> = List[number];

/** Fabric makes no tree below: it would never come to an end. */
const leastDegree = 2;

/**
 * Reads a serialised `rwset.TxReadWriteSet`, namespace by namespace.
 * @throws UndecodableError
 */
export function parseReadWriteSets(bytes: Uint8Array, budget?: Budget): ReadWriteSet[] {
  return decode(txReadWriteSet, bytes, budget).nsRwset.map(({ namespace, rwset, collectionHashedRwset }) => {
    const kv = decode(kvRwSet, rwset, budget);
    return {
      namespace,
      reads: kv.reads.map((read) => readOf(namespace, read)),
      rangeQueries: kv.rangeQueriesInfo.map((query) => rangeQueryOf(namespace, query)),
      writes: kv.writes.map((write) => writeOf(namespace, write)),
      metadataWrites: kv.metadataWrites.map(({ key, entries }) => ({ namespace, key, entries })),
      collections: collectionHashedRwset.map(({ collectionName, hashedRwset, pvtRwsetHash }) =>
        collectionOf(namespace, collectionName, decode(hashedRwSet, hashedRwset, budget), pvtRwsetHash),
      ),
    };
  });
}

/**
 * A deletion has no value. An empty value is a deletion too, whatever the flag says (Fabric's `IsKVWriteDelete`, FAB-18386).
 */
export function writeOf(namespace: string, { key, value, isDelete }: Nested<KvRwSet["writes"]>): Write {
  return { namespace, key, value, isDelete: isDelete || value.length === 0 };
}

function readOf(namespace: string, { key, version }: Nested<KvRwSet["reads"]>): Read {
  return { namespace, key, ...versionOf(version) };
}

function versionOf(version: Nested<KvRwSet["reads"]>["version"]): { version?: Version } {
  return version ? { version: { block: version.blockNum, transaction: version.txNum } } : {};
}

function rangeQueryOf(namespace: string, query: Nested<KvRwSet["rangeQueriesInfo"]>): RangeQuery {
  const { startKey, endKey, itrExhausted, rawReads, readsMerkleHashes } = query;
  if (readsMerkleHashes && readsMerkleHashes.maxDegree < leastDegree)
    throw new UndecodableError(`a range is summarised in a tree of degree ${readsMerkleHashes.maxDegree}`);
  return {
    namespace,
    start: startKey,
    end: endKey,
    exhausted: itrExhausted,
    reads: (rawReads?.kvReads ?? []).map((read) => readOf(namespace, read)),
    ...(readsMerkleHashes && { merkle: readsMerkleHashes }),
  };
}

// FAB-18386: the hash of nothing marks a deletion as well.
const HASH_OF_NOTHING = Buffer.from(
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "hex",
);

function collectionOf(
  namespace: string,
  collection: string,
  hashed: HashedRwSet,
  privateHash: Uint8Array,
): CollectionReadWriteSet {
  return {
    collection,
    reads: hashed.hashedReads.map(
      ({ keyHash, version }): HashedRead => ({ namespace, collection, keyHash, ...versionOf(version) }),
    ),
    writes: hashed.hashedWrites.map(
      ({ keyHash, valueHash, isDelete, isPurge }): HashedWrite => ({
        namespace,
        collection,
        keyHash,
        valueHash,
        isDelete: isDelete || valueHash.length === 0 || Buffer.compare(HASH_OF_NOTHING, valueHash) === 0,
        isPurge,
      }),
    ),
    metadataWrites: hashed.metadataWrites.map(
      ({ keyHash, entries }): HashedMetadataWrite => ({ namespace, collection, keyHash, entries }),
    ),
    privateHash,
  };
}
