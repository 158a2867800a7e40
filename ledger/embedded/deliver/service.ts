import { once } from "node:events";
import type { ServerDuplexStream, UntypedServiceImplementation } from "@grpc/grpc-js";
import { common, peer } from "@hyperledger/fabric-protos";
import { decode } from "../../evidence/protobuf/decode";
import { type Envelope, envelope } from "../../evidence/protobuf/messages";
import type { Collections } from "../chaincode/collections";
import type { ConcurrencyLimit } from "../gateway/concurrency";
import { internalError, RpcError } from "../gateway/errors";
import type { Log } from "../log";
import type { Identity, IdentityDirectory } from "../msp/identity";
import { satisfies } from "../msp/policy";
import { bytesField, integerField, messageOf } from "../wire";
import type { BlockReader, ReadableBlock } from "./block-reader";
import { filteredBlock } from "./filtered";
import { readSeek, type Seek, SeekRefusedError } from "./seek";

export interface DeliverOptions {
  readonly channel: string;
  readonly reader: BlockReader;
  readonly identities: IdentityDirectory;
  readonly collections: Collections;
  readonly log: Log;
}

type Stream = ServerDuplexStream<Envelope, Uint8Array>;
/** Turns a block into a serialised `peer.DeliverResponse`. */
type Encode = (block: ReadableBlock, identity: Identity) => Promise<Uint8Array> | Uint8Array;

/** Made once: an abort without a reason makes an error with a trace. */
const clientGone = new Error("the client has gone");

/** A seek request is a few numbers, a certificate and a signature. */
const longestSeek = 64 * 1024;

const serialised = {
  requestDeserialize: readRequest,
  responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
};

/** `protos.Deliver`, its responses being bytes: a block is sent as it is kept, never taken apart. */
export const deliverDefinition = {
  deliver: { ...peer.DeliverService.deliver, ...serialised },
  deliverFiltered: { ...peer.DeliverService.deliverFiltered, ...serialised },
  deliverWithPrivateData: { ...peer.DeliverService.deliverWithPrivateData, ...serialised },
};

export function deliverImplementation(
  options: DeliverOptions,
  limit: ConcurrencyLimit,
): UntypedServiceImplementation {
  const whole: Encode = ({ bytes }) => messageOf(bytesField(2, bytes));
  const filtered: Encode = (block) =>
    messageOf(bytesField(3, filteredBlock(block, options.channel).serializeBinary()));
  const withPrivateData: Encode = async (block, identity) => {
    const writes = await options.reader.ledger.privateWrites(block.number, (namespace, name) => {
      const collection = namespace === options.collections.chaincode && options.collections.get(name);
      return collection ? satisfies(collection.members, [identity]) : false;
    });
    const entries = [...writes].map(([index, set]) =>
      bytesField(2, messageOf(integerField(1, index), bytesField(2, set))),
    );
    return messageOf(bytesField(4, messageOf(bytesField(1, block.bytes), ...entries)));
  };
  return {
    deliver: (stream: Stream) => serve(stream, options, limit, whole),
    deliverFiltered: (stream: Stream) => serve(stream, options, limit, filtered),
    deliverWithPrivateData: (stream: Stream) => serve(stream, options, limit, withPrivateData),
  };
}

/**
 * Answers seek requests one after the other until one fails or the client ends the stream. The next one is read from the
 * connection only when the one before is answered: until then gRPC's flow control holds the client back.
 */
async function serve(
  stream: Stream,
  options: DeliverOptions,
  limit: ConcurrencyLimit,
  encode: Encode,
): Promise<void> {
  const gone = new AbortController();
  const leave = () => gone.abort(clientGone);
  stream.on("cancelled", leave);
  stream.on("error", leave);
  let done: (() => void) | undefined;
  try {
    done = limit.enter();
    for await (const request of stream.iterator({ destroyOnReturn: false })) {
      if (gone.signal.aborted) return;
      const status = await deliver(stream, request as Envelope, options, encode, gone.signal);
      stream.write(messageOf(integerField(1, status)));
      if (status !== common.Status.SUCCESS) break;
    }
    stream.end();
  } catch (error) {
    if (gone.signal.aborted) return;
    if (!(error instanceof RpcError)) options.log.error("delivering blocks failed", { error: String(error) });
    // Not `destroy`, which would end the call without a status.
    stream.emit("error", error instanceof RpcError ? error : internalError());
  } finally {
    done?.();
    leave();
  }
}

/** A stream reads some requests ahead of the one that is answered: a long one is none. */
function readRequest(bytes: Buffer): Envelope {
  if (bytes.length > longestSeek) throw new RangeError(`a seek request of ${bytes.length} bytes`);
  return decode(envelope, bytes);
}

/** Sends the blocks asked for. @returns the `common.Status` to close the answer with */
async function deliver(
  stream: Stream,
  envelope: Envelope,
  options: DeliverOptions,
  encode: Encode,
  signal: AbortSignal,
): Promise<number> {
  const { reader, channel, identities } = options;
  try {
    const seek = await readSeek(envelope, channel, reader.ledger.height, identities);
    await sendBlocks(stream, seek, reader, encode, signal);
    return common.Status.SUCCESS;
  } catch (error) {
    if (!(error instanceof SeekRefusedError)) throw error;
    options.log.warn("seek request refused", { status: error.status, reason: error.message });
    return error.status;
  }
}

async function sendBlocks(
  stream: Stream,
  seek: Seek,
  reader: BlockReader,
  encode: Encode,
  signal: AbortSignal,
): Promise<void> {
  for (let number = seek.start; number <= seek.stop; number++) {
    if (seek.failIfNotReady && number >= reader.ledger.height)
      throw new SeekRefusedError(common.Status.NOT_FOUND, `block ${number} is not there yet`);
    const block = await reader.next(number, signal);
    await seek.authorise();
    if (!stream.write(await encode(block, seek.identity))) await once(stream, "drain", { signal });
  }
}
