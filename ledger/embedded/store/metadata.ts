import { ledger, peer } from "@hyperledger/fabric-protos";
import { entryMessages } from "../../evidence/encode-read-write-set";
import { decode } from "../../evidence/protobuf/decode";
import { kvMetadataWrite } from "../../evidence/protobuf/messages";
import type { MetadataEntry } from "../../evidence/types";

const { KVMetadataWrite } = ledger.rwset.kvrwset;

/** The entry that holds a key's own endorsement policy (`peer.MetaDataKeys`). */
const VALIDATION_PARAMETER = Object.entries(peer.MetaDataKeys).find(
  ([, value]) => value === peer.MetaDataKeys.VALIDATION_PARAMETER,
)?.[0];

/** Metadata as Fabric's state keeps it (`statemetadata.Serialize`): a `KVMetadataWrite` with entries only. */
export function encodeEntries(entries: readonly MetadataEntry[]): Uint8Array {
  const message = new KVMetadataWrite();
  message.setEntriesList(entryMessages(entries));
  return message.serializeBinary();
}

export function decodeEntries(bytes: Uint8Array): MetadataEntry[] {
  return decode(kvMetadataWrite, bytes).entries;
}

export function validationParameterOf(metadata: Uint8Array | undefined): Uint8Array | undefined {
  if (!metadata) return undefined;
  return decodeEntries(metadata).find((entry) => entry.name === VALIDATION_PARAMETER)?.value;
}
