import { ledger } from "@hyperledger/fabric-protos";
import { decode } from "./protobuf/decode";
import { kvRwSet, txPvtReadWriteSet } from "./protobuf/messages";
import { writeOf } from "./read-write-set";
import type { Write } from "./types";

const { rwset } = ledger;
const { kvrwset } = rwset;

/** What a transaction wrote to one private collection, in clear. */
export interface PrivateWriteSet {
  readonly namespace: string;
  readonly collection: string;
  readonly writes: readonly Write[];
  /** Keys whose metadata changed; the entries themselves are public, under the key's hash. */
  readonly metadataKeys: readonly string[];
  /** The serialised `kvrwset.KVRWSet`: its SHA-256 is the collection's `privateHash` in the public set. */
  readonly bytes: Uint8Array;
}

/** Reads a serialised `rwset.TxPvtReadWriteSet`. @throws UndecodableError */
export function parsePrivateWrites(bytes: Uint8Array): PrivateWriteSet[] {
  return decode(txPvtReadWriteSet, bytes).nsPvtRwset.flatMap(({ namespace, collectionPvtRwset }) =>
    collectionPvtRwset.map(({ collectionName, rwset: inner }) => {
      const kv = decode(kvRwSet, inner);
      return {
        namespace,
        collection: collectionName,
        writes: kv.writes.map((write) => writeOf(namespace, write)),
        metadataKeys: kv.metadataWrites.map(({ key }) => key),
        bytes: inner,
      };
    }),
  );
}

/** Serialises one collection's `kvrwset.KVRWSet` of private writes. */
export function encodePrivateCollection(
  writes: readonly Pick<Write, "key" | "value" | "isDelete">[],
  metadataKeys: readonly string[],
): Uint8Array {
  const message = new kvrwset.KVRWSet();
  message.setWritesList(
    writes.map((write) => {
      const each = new kvrwset.KVWrite();
      each.setKey(write.key);
      each.setIsDelete(write.isDelete);
      each.setValue(write.value);
      return each;
    }),
  );
  message.setMetadataWritesList(
    metadataKeys.map((key) => {
      const each = new kvrwset.KVMetadataWrite();
      each.setKey(key);
      return each;
    }),
  );
  return message.serializeBinary();
}

/** Serialises a `rwset.TxPvtReadWriteSet`; collections of one namespace must stand together. */
export function encodePrivateWrites(
  sets: readonly Pick<PrivateWriteSet, "namespace" | "collection" | "bytes">[],
): Uint8Array {
  const message = new rwset.TxPvtReadWriteSet();
  message.setDataModel(rwset.TxReadWriteSet.DataModel.KV);
  for (const set of sets) {
    const spaces = message.getNsPvtRwsetList();
    let namespace = spaces.at(-1);
    if (namespace?.getNamespace() !== set.namespace) {
      namespace = new rwset.NsPvtReadWriteSet();
      namespace.setNamespace(set.namespace);
      message.addNsPvtRwset(namespace);
    }
    const collection = new rwset.CollectionPvtReadWriteSet();
    collection.setCollectionName(set.collection);
    collection.setRwset(set.bytes);
    namespace.addCollectionPvtRwset(collection);
  }
  return message.serializeBinary();
}
