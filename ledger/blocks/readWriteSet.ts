import { ledger } from "@hyperledger/fabric-protos";
import type {
  CollectionReadWriteSet,
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
} from "./types";

const { rwset } = ledger;
const { kvrwset } = rwset;

/**
 * Reads a serialised `rwset.TxReadWriteSet`, namespace by namespace.
 * Throws what google-protobuf throws on bytes that are none.
 */
export function parseReadWriteSets(bytes: Uint8Array): ReadWriteSet[] {
  return rwset.TxReadWriteSet.deserializeBinary(bytes)
    .getNsRwsetList()
    .map((set) => {
      const namespace = set.getNamespace();
      const kv = kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8());
      return {
        namespace,
        reads: kv.getReadsList().map((read) => readOf(namespace, read)),
        rangeQueries: kv.getRangeQueriesInfoList().map((query) => rangeQueryOf(namespace, query)),
        writes: kv.getWritesList().map((write) => writeOf(namespace, write)),
        metadataWrites: kv.getMetadataWritesList().map((write) => metadataWriteOf(namespace, write)),
        collections: set.getCollectionHashedRwsetList().map((each) => collectionOf(namespace, each)),
      };
    });
}

/**
 * A deletion has no value. An empty value is a deletion too, whatever the flag says (Fabric's `IsKVWriteDelete`, FAB-18386).
 */
export function writeOf(namespace: string, write: InstanceType<typeof kvrwset.KVWrite>): Write {
  const value = write.getValue_asU8();
  return { namespace, key: write.getKey(), value, isDelete: write.getIsDelete() || value.length === 0 };
}

export function entriesOf(entries: readonly InstanceType<typeof kvrwset.KVMetadataEntry>[]): MetadataEntry[] {
  return entries.map((entry) => ({ name: entry.getName(), value: entry.getValue_asU8() }));
}

function metadataWriteOf(
  namespace: string,
  write: InstanceType<typeof kvrwset.KVMetadataWrite>,
): MetadataWrite {
  return { namespace, key: write.getKey(), entries: entriesOf(write.getEntriesList()) };
}

function readOf(namespace: string, read: InstanceType<typeof kvrwset.KVRead>): Read {
  const version = versionOf(read.getVersion());
  return { namespace, key: read.getKey(), ...(version && { version }) };
}

function versionOf(version: InstanceType<typeof kvrwset.Version> | undefined): Version | undefined {
  return version && { block: version.getBlockNum(), transaction: version.getTxNum() };
}

function rangeQueryOf(namespace: string, query: InstanceType<typeof kvrwset.RangeQueryInfo>): RangeQuery {
  const merkle = query.getReadsMerkleHashes();
  return {
    namespace,
    start: query.getStartKey(),
    end: query.getEndKey(),
    exhausted: query.getItrExhausted(),
    reads: (query.getRawReads()?.getKvReadsList() ?? []).map((read) => readOf(namespace, read)),
    ...(merkle && {
      merkle: {
        maxDegree: merkle.getMaxDegree(),
        maxLevel: merkle.getMaxLevel(),
        maxLevelHashes: merkle.getMaxLevelHashesList_asU8(),
      },
    }),
  };
}

// FAB-18386: the hash of nothing marks a deletion as well.
const HASH_OF_NOTHING = Buffer.from(
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "hex",
);

function collectionOf(
  namespace: string,
  set: InstanceType<typeof rwset.CollectionHashedReadWriteSet>,
): CollectionReadWriteSet {
  const collection = set.getCollectionName();
  const hashed = kvrwset.HashedRWSet.deserializeBinary(set.getHashedRwset_asU8());
  return {
    collection,
    reads: hashed.getHashedReadsList().map((read): HashedRead => {
      const version = versionOf(read.getVersion());
      return { namespace, collection, keyHash: read.getKeyHash_asU8(), ...(version && { version }) };
    }),
    writes: hashed.getHashedWritesList().map((write): HashedWrite => {
      const valueHash = write.getValueHash_asU8();
      return {
        namespace,
        collection,
        keyHash: write.getKeyHash_asU8(),
        valueHash,
        isDelete: write.getIsDelete() || valueHash.length === 0 || HASH_OF_NOTHING.equals(valueHash),
        isPurge: write.getIsPurge(),
      };
    }),
    metadataWrites: hashed.getMetadataWritesList().map(
      (write): HashedMetadataWrite => ({
        namespace,
        collection,
        keyHash: write.getKeyHash_asU8(),
        entries: entriesOf(write.getEntriesList()),
      }),
    ),
    privateHash: set.getPvtRwsetHash_asU8(),
  };
}
