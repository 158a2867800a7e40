import { type Client, Metadata, type requestCallback, type ServiceError } from "@grpc/grpc-js";
import { decodeSound, justifiedBy, type Message } from "../../evidence/protobuf/decode";
import * as messages from "../../evidence/protobuf/messages";

type Deserialise<T> = (bytes: Buffer) => T;
type Check = (bytes: Uint8Array) => void;

const detailsKey = "grpc-status-details-bin";

/** What the gateway's library reads of an answer, by the method that was called; nothing else is asked. */
const checks: Readonly<Record<string, Check>> = {
  "/gateway.Gateway/Evaluate": sound(messages.evaluateResponse),
  "/gateway.Gateway/Endorse": requireSoundEndorsement,
  "/gateway.Gateway/Submit": sound(messages.submitResponse),
  "/gateway.Gateway/CommitStatus": sound(messages.commitStatusResponse),
  "/gateway.Gateway/ChaincodeEvents": sound(messages.chaincodeEventsResponse),
  "/protos.Deliver/Deliver": requireSoundBlock,
};

/**
 * Has a client refuse what a peer answers unless its lengths are true: the gateway's library reads answers with
 * google-protobuf, which a peer of any organisation could hold up for minutes with a few bytes.
 */
export function requireSoundAnswers(client: Client): void {
  const unary = client.makeUnaryRequest.bind(client) as (...request: unknown[]) => unknown;
  client.makeUnaryRequest = ((
    path: string,
    serialise: unknown,
    deserialise: Deserialise<unknown>,
    ...rest: unknown[]
  ) => {
    const callback = rest.pop() as requestCallback<unknown>;
    return unary(path, serialise, checked(path, deserialise), ...rest, withSoundDetails(callback));
  }) as Client["makeUnaryRequest"];
  const server = client.makeServerStreamRequest.bind(client) as (...request: unknown[]) => unknown;
  client.makeServerStreamRequest = ((
    path: string,
    serialise: unknown,
    deserialise: Deserialise<unknown>,
    ...rest: unknown[]
  ) => server(path, serialise, checked(path, deserialise), ...rest)) as Client["makeServerStreamRequest"];
  const both = client.makeBidiStreamRequest.bind(client) as (...request: unknown[]) => unknown;
  client.makeBidiStreamRequest = ((
    path: string,
    serialise: unknown,
    deserialise: Deserialise<unknown>,
    ...rest: unknown[]
  ) => both(path, serialise, checked(path, deserialise), ...rest)) as Client["makeBidiStreamRequest"];
}

function checked<T>(path: string, deserialise: Deserialise<T>): Deserialise<T> {
  const check = checks[path];
  if (!check) throw new RangeError(`nothing is known of the answers of ${path}`);
  return (bytes) => {
    check(bytes);
    return deserialise(bytes);
  };
}

function sound(kind: Message<unknown>): Check {
  return (bytes) => {
    decodeSound(kind, bytes, justifiedBy(bytes));
  };
}

/** An endorsed envelope is read down to the chaincode's answer. */
function requireSoundEndorsement(bytes: Uint8Array): void {
  const budget = justifiedBy(bytes);
  const read = <T>(kind: Message<T>, part: Uint8Array): T => decodeSound(kind, part, budget);
  const { preparedTransaction } = read(messages.endorseResponse, bytes);
  if (!preparedTransaction) return;
  const { header, data } = read(messages.payload, preparedTransaction.payload);
  if (header) {
    read(messages.channelHeader, header.channelHeader);
    read(messages.signatureHeader, header.signatureHeader);
  }
  for (const { payload } of read(messages.transaction, data).actions) {
    const { action } = read(messages.chaincodeActionPayload, payload);
    if (!action) continue;
    const { extension } = read(messages.proposalResponsePayload, action.proposalResponsePayload);
    read(messages.chaincodeAction, extension);
  }
}

/** Filtered blocks and private data have tables of their own here: nobody asked for them. */
function requireSoundBlock(bytes: Uint8Array): void {
  const { filteredBlock, blockAndPrivateData } = decodeSound(
    messages.deliverResponse,
    bytes,
    justifiedBy(bytes),
  );
  if (filteredBlock || blockAndPrivateData) throw new RangeError("a peer sent what was not asked for");
}

/** An error without its details where they cannot be read. */
function withSoundDetails(callback: requestCallback<unknown>): requestCallback<unknown> {
  return (error, answer) => {
    if (error && !hasSoundDetails(error)) error.metadata = new Metadata();
    callback(error, answer);
  };
}

function hasSoundDetails({ metadata }: ServiceError): boolean {
  try {
    for (const value of metadata.get(detailsKey)) {
      for (const detail of decodeSound(messages.rpcStatus, Buffer.from(value)).details)
        decodeSound(messages.errorDetail, detail.value);
    }
    return true;
  } catch {
    return false;
  }
}
