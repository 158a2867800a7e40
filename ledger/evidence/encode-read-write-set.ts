import { ledger } from "@hyperledger/fabric-protos";
import type { MetadataEntry, RangeQuery, Read, ReadWriteSet, Version } from "./types";

const { rwset } = ledger;
const { kvrwset } = rwset;

/** Serialises a `rwset.TxReadWriteSet`, in the order given; the inverse of `parseReadWriteSets`. */
export function encodeReadWriteSets(sets: readonly ReadWriteSet[]): Uint8Array {
  const message = new rwset.TxReadWriteSet();
  message.setDataModel(rwset.TxReadWriteSet.DataModel.KV);
  message.setNsRwsetList(
    sets.map((set) => {
      const namespace = new rwset.NsReadWriteSet();
      namespace.setNamespace(set.namespace);
      namespace.setRwset(encodePublicSet(set));
      namespace.setCollectionHashedRwsetList(
        set.collections.map((each) => {
          const collection = new rwset.CollectionHashedReadWriteSet();
          collection.setCollectionName(each.collection);
          collection.setHashedRwset(encodeHashedSet(each));
          collection.setPvtRwsetHash(each.privateHash);
          return collection;
        }),
      );
      return namespace;
    }),
  );
  return message.serializeBinary();
}

/** A read as it stands in read sets and in the leaves of a summarised range. */
export function readMessage(read: Read): InstanceType<typeof kvrwset.KVRead> {
  const message = new kvrwset.KVRead();
  message.setKey(read.key);
  if (read.version) message.setVersion(versionMessage(read.version));
  return message;
}

/** Serialised `kvrwset.QueryReads`: what the leaves of a summarised range are hashes of. */
export function encodeQueryReads(reads: readonly Read[]): Uint8Array {
  return queryReads(reads).serializeBinary();
}

export function entryMessages(
  entries: readonly MetadataEntry[],
): InstanceType<typeof kvrwset.KVMetadataEntry>[] {
  return entries.map((entry) => {
    const message = new kvrwset.KVMetadataEntry();
    message.setName(entry.name);
    message.setValue(entry.value);
    return message;
  });
}

function encodePublicSet(set: ReadWriteSet): Uint8Array {
  const message = new kvrwset.KVRWSet();
  message.setReadsList(set.reads.map(readMessage));
  message.setRangeQueriesInfoList(set.rangeQueries.map(rangeQueryMessage));
  message.setWritesList(
    set.writes.map((write) => {
      const each = new kvrwset.KVWrite();
      each.setKey(write.key);
      each.setIsDelete(write.isDelete);
      each.setValue(write.value);
      return each;
    }),
  );
  message.setMetadataWritesList(
    set.metadataWrites.map((write) => {
      const each = new kvrwset.KVMetadataWrite();
      each.setKey(write.key);
      each.setEntriesList(entryMessages(write.entries));
      return each;
    }),
  );
  return message.serializeBinary();
}

function encodeHashedSet(set: ReadWriteSet["collections"][number]): Uint8Array {
  const message = new kvrwset.HashedRWSet();
  message.setHashedReadsList(
    set.reads.map((read) => {
      const each = new kvrwset.KVReadHash();
      each.setKeyHash(read.keyHash);
      if (read.version) each.setVersion(versionMessage(read.version));
      return each;
    }),
  );
  message.setHashedWritesList(
    set.writes.map((write) => {
      const each = new kvrwset.KVWriteHash();
      each.setKeyHash(write.keyHash);
      each.setIsDelete(write.isDelete);
      each.setValueHash(write.valueHash);
      each.setIsPurge(write.isPurge);
      return each;
    }),
  );
  message.setMetadataWritesList(
    set.metadataWrites.map((write) => {
      const each = new kvrwset.KVMetadataWriteHash();
      each.setKeyHash(write.keyHash);
      each.setEntriesList(entryMessages(write.entries));
      return each;
    }),
  );
  return message.serializeBinary();
}

function rangeQueryMessage(query: RangeQuery): InstanceType<typeof kvrwset.RangeQueryInfo> {
  const message = new kvrwset.RangeQueryInfo();
  message.setStartKey(query.start);
  message.setEndKey(query.end);
  message.setItrExhausted(query.exhausted);
  if (query.merkle) {
    const merkle = new kvrwset.QueryReadsMerkleSummary();
    merkle.setMaxDegree(query.merkle.maxDegree);
    merkle.setMaxLevel(query.merkle.maxLevel);
    merkle.setMaxLevelHashesList([...query.merkle.maxLevelHashes]);
    message.setReadsMerkleHashes(merkle);
  } else {
    message.setRawReads(queryReads(query.reads));
  }
  return message;
}

function queryReads(reads: readonly Read[]): InstanceType<typeof kvrwset.QueryReads> {
  const message = new kvrwset.QueryReads();
  message.setKvReadsList(reads.map(readMessage));
  return message;
}

function versionMessage(version: Version): InstanceType<typeof kvrwset.Version> {
  const message = new kvrwset.Version();
  message.setBlockNum(version.block);
  message.setTxNum(version.transaction);
  return message;
}
