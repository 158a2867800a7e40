import { peer } from "@hyperledger/fabric-protos";
import type { MetadataEntry } from "../../blocks/types";
import { type Invocation, pageResponse, totalQueryLimit } from "./invocation";

type Message = InstanceType<typeof peer.ChaincodeMessage>;
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
  const handler = handlers.get(message.getType());
  if (!handler) throw new Error("Fabric side handler cannot handle message while in ready state");
  return handler(message.getPayload_asU8(), invocation);
}

async function getState(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.GetState.deserializeBinary(payload);
  const { simulator, namespace, collections } = invocation;
  const collection = request.getCollection();
  if (!collection) return (await simulator.getState(namespace, request.getKey())) ?? nothing;
  collections.requireRead(collection);
  return (await simulator.getPrivateData(namespace, collection, request.getKey())) ?? nothing;
}

async function putState(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.PutState.deserializeBinary(payload);
  const { simulator, namespace, collections } = invocation;
  const collection = request.getCollection();
  if (collection) {
    collections.requireWrite(collection);
    simulator.putPrivateData(namespace, collection, request.getKey(), request.getValue_asU8());
  } else simulator.putState(namespace, request.getKey(), request.getValue_asU8());
  return nothing;
}

async function delState(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.DelState.deserializeBinary(payload);
  const { simulator, namespace, collections } = invocation;
  const collection = request.getCollection();
  if (collection) {
    collections.requireWrite(collection);
    simulator.delPrivateData(namespace, collection, request.getKey());
  } else simulator.delState(namespace, request.getKey());
  return nothing;
}

async function purgePrivateData(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.DelState.deserializeBinary(payload);
  const collection = request.getCollection();
  if (!collection) throw new Error("only applicable for private data");
  invocation.collections.requireWrite(collection);
  invocation.simulator.purgePrivateData(invocation.namespace, collection, request.getKey());
  return nothing;
}

async function getPrivateDataHash(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.GetState.deserializeBinary(payload);
  const collection = request.getCollection();
  invocation.collections.requireDefined(collection);
  const { simulator, namespace } = invocation;
  return (await simulator.getPrivateDataHash(namespace, collection, request.getKey())) ?? nothing;
}

async function getStateMetadata(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.GetStateMetadata.deserializeBinary(payload);
  const { simulator, namespace, collections } = invocation;
  const collection = request.getCollection();
  let entries: readonly MetadataEntry[];
  if (collection) {
    collections.requireRead(collection);
    entries = await simulator.getPrivateDataMetadata(namespace, collection, request.getKey());
  } else entries = await simulator.getStateMetadata(namespace, request.getKey());
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
  const request = peer.PutStateMetadata.deserializeBinary(payload);
  const { simulator, namespace, collections } = invocation;
  const entry = request.getMetadata();
  if (!entry) throw new Error("no metadata");
  const entries = [{ name: entry.getMetakey(), value: entry.getValue_asU8() }];
  const collection = request.getCollection();
  if (collection) {
    collections.requireWrite(collection);
    simulator.setPrivateDataMetadata(namespace, collection, request.getKey(), entries);
  } else simulator.setStateMetadata(namespace, request.getKey(), entries);
  return nothing;
}

async function getStateByRange(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.GetStateByRange.deserializeBinary(payload);
  const { simulator, namespace, collections } = invocation;
  const [start, end, collection] = [request.getStartkey(), request.getEndkey(), request.getCollection()];
  if (collection) {
    collections.requireRead(collection);
    return invocation.openRange(simulator.getPrivateDataByRange(namespace, collection, start, end));
  }
  const metadata = request.getMetadata_asU8();
  if (metadata.length > 0) {
    const query = peer.QueryMetadata.deserializeBinary(metadata);
    const [pageSize, bookmark] = [query.getPagesize(), query.getBookmark()];
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
  const key = peer.GetHistoryForKey.deserializeBinary(payload).getKey();
  return invocation.openHistory(invocation.simulator.getHistory(invocation.namespace, key));
}

async function queryStateNext(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  return invocation.nextResults(peer.QueryStateNext.deserializeBinary(payload).getId());
}

async function queryStateClose(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  return invocation.closeQuery(peer.QueryStateClose.deserializeBinary(payload).getId());
}

/** One chaincode is defined on the channel, and Fabric refuses that one calls itself. */
async function invokeChaincode(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const called = peer.ChaincodeSpec.deserializeBinary(payload).getChaincodeId()?.getName() ?? "";
  const [name = "", channel = invocation.channel] = called.split("/");
  if (channel !== invocation.channel) throw new Error(`failed to find ledger for channel: ${channel}`);
  if (name.split(":")[0] === invocation.namespace)
    throw new Error(`execute failed: error sending: txid: ${invocation.transactionId}(${channel}) exists`);
  throw new Error(
    `execute failed: invalid invocation: [channel ${channel}] failed to get chaincode container info for ${name}: chaincode ${name} not found`,
  );
}
