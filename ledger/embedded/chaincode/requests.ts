import { peer } from "@hyperledger/fabric-protos";
import * as messages from "../../evidence/protobuf/chaincode";
import { type Decoded, decode } from "../../evidence/protobuf/decode";
import type { MetadataEntry } from "../../evidence/types";
import { type Invocation, pageResponse, totalQueryLimit } from "./invocation";

type Message = Decoded<typeof messages.chaincodeMessage>;
type Handler = (payload: Uint8Array, invocation: Invocation) => Promise<Uint8Array>;

const { Type } = peer.ChaincodeMessage;
const nothing = new Uint8Array(0);

const handlers = new Map<number, Handler>([
  [Type.GET_STATE, getState],
  [Type.PUT_STATE, putState],
  [Type.DEL_STATE, delState],
  [Type.PURGE_PRIVATE_DATA, purgePrivateData],
  [Type.GET_PRIVATE_DATA_HASH, getPrivateDataHash],
  [Type.GET_STATE_METADATA, getStateMetadata],
  [Type.PUT_STATE_METADATA, putStateMetadata],
  [Type.GET_STATE_BY_RANGE, getStateByRange],
  [Type.GET_QUERY_RESULT, refuseQuery],
  [Type.GET_HISTORY_FOR_KEY, getHistoryForKey],
  [Type.QUERY_STATE_NEXT, queryStateNext],
  [Type.QUERY_STATE_CLOSE, queryStateClose],
  [Type.INVOKE_CHAINCODE, invokeChaincode],
]);

/**
 * Answers one request of the chaincode for its transaction (`core/chaincode/handler.go`).
 * @returns the payload of the RESPONSE message
 * @throws Error whose text the chaincode gets
 */
export async function answerRequest(message: Message, invocation: Invocation): Promise<Uint8Array> {
  const handler = handlers.get(message.type);
  if (!handler) throw new Error("Fabric side handler cannot handle message while in ready state");
  return handler(message.payload, invocation);
}

async function getState(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = decode(messages.getState, payload);
  const { simulator, namespace, collections } = invocation;
  const collection = request.collection;
  if (!collection) return (await simulator.getState(namespace, request.key)) ?? nothing;
  collections.requireRead(collection);
  return (await simulator.getPrivateData(namespace, collection, request.key)) ?? nothing;
}

async function putState(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = decode(messages.putState, payload);
  const { simulator, namespace, collections } = invocation;
  const collection = request.collection;
  if (collection) {
    collections.requireWrite(collection);
    simulator.putPrivateData(namespace, collection, request.key, request.value);
  } else simulator.putState(namespace, request.key, request.value);
  return nothing;
}

async function delState(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = decode(messages.delState, payload);
  const { simulator, namespace, collections } = invocation;
  const collection = request.collection;
  if (collection) {
    collections.requireWrite(collection);
    simulator.delPrivateData(namespace, collection, request.key);
  } else simulator.delState(namespace, request.key);
  return nothing;
}

async function purgePrivateData(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = decode(messages.delState, payload);
  const collection = request.collection;
  if (!collection) throw new Error("only applicable for private data");
  invocation.collections.requireWrite(collection);
  invocation.simulator.purgePrivateData(invocation.namespace, collection, request.key);
  return nothing;
}

async function getPrivateDataHash(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = decode(messages.getState, payload);
  const collection = request.collection;
  invocation.collections.requireDefined(collection);
  const { simulator, namespace } = invocation;
  return (await simulator.getPrivateDataHash(namespace, collection, request.key)) ?? nothing;
}

async function getStateMetadata(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = decode(messages.getStateMetadata, payload);
  const { simulator, namespace, collections } = invocation;
  const collection = request.collection;
  let entries: readonly MetadataEntry[];
  if (collection) {
    collections.requireRead(collection);
    entries = await simulator.getPrivateDataMetadata(namespace, collection, request.key);
  } else entries = await simulator.getStateMetadata(namespace, request.key);
  const result = new peer.StateMetadataResult();
  result.setEntriesList(
    entries.map(({ name, value }) => {
      const entry = new peer.StateMetadata();
      entry.setMetakey(name);
      entry.setValue(value);
      return entry;
    }),
  );
  return result.serializeBinary();
}

async function putStateMetadata(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = decode(messages.putStateMetadata, payload);
  const { simulator, namespace, collections } = invocation;
  const entry = request.metadata;
  if (!entry) throw new Error("no metadata");
  const entries = [{ name: entry.metakey, value: entry.value }];
  const collection = request.collection;
  if (collection) {
    collections.requireWrite(collection);
    simulator.setPrivateDataMetadata(namespace, collection, request.key, entries);
  } else simulator.setStateMetadata(namespace, request.key, entries);
  return nothing;
}

async function getStateByRange(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = decode(messages.getStateByRange, payload);
  const { simulator, namespace, collections } = invocation;
  const [start, end, collection] = [request.startKey, request.endKey, request.collection];
  if (collection) {
    collections.requireRead(collection);
    return invocation.openRange(simulator.getPrivateDataByRange(namespace, collection, start, end));
  }
  const metadata = request.metadata;
  if (metadata.length > 0) {
    const query = decode(messages.queryMetadata, metadata);
    const [pageSize, bookmark] = [query.pageSize, query.bookmark];
    if (pageSize !== 0 || bookmark !== "") {
      const size = pageSize > 0 ? Math.min(pageSize, totalQueryLimit) : totalQueryLimit;
      const page = await simulator.getStateByRangePage(namespace, start, end, size, bookmark);
      return pageResponse(namespace, page.results, page.bookmark);
    }
  }
  return invocation.openRange(simulator.getStateByRange(namespace, start, end));
}

async function refuseQuery(): Promise<Uint8Array> {
  throw new Error("ExecuteQuery not supported for leveldb");
}

async function getHistoryForKey(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const key = decode(messages.getHistoryForKey, payload).key;
  return invocation.openHistory(invocation.simulator.getHistory(invocation.namespace, key));
}

async function queryStateNext(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  return invocation.nextResults(decode(messages.queryStateNext, payload).id);
}

async function queryStateClose(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  return invocation.closeQuery(decode(messages.queryStateClose, payload).id);
}

/** One chaincode is defined on the channel, and Fabric refuses that one calls itself. */
async function invokeChaincode(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const called = decode(messages.calledChaincode, payload).chaincodeId?.name ?? "";
  const [name = "", channel = invocation.channel] = called.split("/");
  if (channel !== invocation.channel) throw new Error(`failed to find ledger for channel: ${channel}`);
  if (name.split(":")[0] === invocation.namespace)
    throw new Error(`execute failed: error sending: txid: ${invocation.transactionId}(${channel}) exists`);
  throw new Error(
    `execute failed: invalid invocation: [channel ${channel}] failed to get chaincode container info for ${name}: chaincode ${name} not found`,
  );
}
