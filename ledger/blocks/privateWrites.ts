import { ledger } from "@hyperledger/fabric-protos";
import { writeOf } from "./readWriteSet";
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

/** Reads a serialised `rwset.TxPvtReadWriteSet`. Throws what google-protobuf throws on bytes that are none. */
export function parsePrivateWrites(bytes: Uint8Array): PrivateWriteSet[] {
  return rwset.TxPvtReadWriteSet.deserializeBinary(bytes)
    .getNsPvtRwsetList()
    .flatMap((set) => {
      const namespace = set.getNamespace();
      return set.getCollectionPvtRwsetList().map((each) => {
        const inner = each.getRwset_asU8();
        const kv = kvrwset.KVRWSet.deserializeBinary(inner);
        return {
          namespace,
          collection: each.getCollectionName(),
          writes: kv.getWritesList().map((write) => writeOf(namespace, write)),
          metadataKeys: kv.getMetadataWritesList().map((write) => write.getKey()),
          bytes: inner,
        };
      });
    });
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
