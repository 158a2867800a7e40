import { once } from "node:events";
import { type ServerWritableStream, status } from "@grpc/grpc-js";
import type { Decoded } from "../../evidence/protobuf/decode";
import { chaincodeEventsRequest, type SignedRequest } from "../../evidence/protobuf/messages";
import type { ChaincodeEvent } from "../../evidence/types";
import { type BlockReader, eventsOf } from "../deliver/block-reader";
import { bytesField, integerField, messageOf, stringField } from "../wire";
import { invalidArgument, RpcError } from "./errors";
import { decodeOrRefuse, type GatewayService } from "./service";

type Request = Decoded<typeof chaincodeEventsRequest>;
export type ChaincodeEventsCall = ServerWritableStream<SignedRequest, Uint8Array>;

/**
 * Streams the events of one chaincode, one message for each block that has any
 * (`internal/pkg/gateway/chaincodeevents.go`), until the client goes.
 * @throws RpcError, or the signal's reason
 */
export async function streamChaincodeEvents(
  call: ChaincodeEventsCall,
  service: GatewayService,
  reader: BlockReader,
  signal: AbortSignal,
): Promise<void> {
  const { request: bytes, signature } = call.request;
  if (bytes.length === 0) throw invalidArgument("a chaincode events request is required");
  const request = decodeOrRefuse(chaincodeEventsRequest, bytes, "invalid chaincode events request");
  const authorise = () => service.requireReader(request.channelId, request.identity, bytes, signature);
  await authorise();
  const matches = matcher(request);
  for (let number = await startBlock(request, reader); ; number++) {
    const block = await reader.next(number, signal);
    const events = eventsOf(block).filter(matches);
    if (events.length === 0) continue;
    await authorise();
    if (!call.write(responseBytes(number, events))) await once(call, "drain", { signal });
  }
}

async function startBlock(request: Request, reader: BlockReader): Promise<number> {
  const { afterTransactionId: after, startPosition: position } = request;
  const location = after ? await reader.ledger.locate(after) : undefined;
  if (location) return location.block;
  if (position?.specified) return position.specified.number;
  if (position?.oldest || position?.newest)
    throw new RpcError(status.INVALID_ARGUMENT, "invalid start position type");
  return reader.ledger.height;
}

/** All events of the chaincode, or those after the last one of a transaction. */
function matcher(request: Request): (event: ChaincodeEvent) => boolean {
  const { chaincodeId: chaincode, afterTransactionId: after } = request;
  let passed = after === "";
  return (event) => {
    if (passed) return event.chaincode === chaincode;
    passed = event.transactionId === after;
    return false;
  };
}

/** Serialised `gateway.ChaincodeEventsResponse`. */
function responseBytes(block: number, events: readonly ChaincodeEvent[]): Uint8Array {
  const encoded = events.map(({ chaincode, transactionId, name, payload }) =>
    bytesField(
      1,
      messageOf(
        stringField(1, chaincode),
        stringField(2, transactionId),
        stringField(3, name),
        bytesField(4, payload),
      ),
    ),
  );
  return messageOf(...encoded, integerField(2, block));
}
