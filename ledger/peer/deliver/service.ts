import { once } from "node:events";
import type { ServerDuplexStream, UntypedServiceImplementation } from "@grpc/grpc-js";
import { common, peer } from "@hyperledger/fabric-protos";
import type { Collections } from "../chaincode/collections";
import { internalError } from "../gateway/errors";
import type { Log } from "../log";
import type { Identity, IdentityDirectory } from "../msp/identity";
import { satisfies } from "../msp/policy";
import { bytesField, integerField, messageOf } from "../wire";
import type { BlockReader, ReadableBlock } from "./blockReader";
import { filteredBlock } from "./filtered";
import { readSeek, type Seek, SeekRefusedError } from "./seek";

export interface DeliverOptions {
  readonly channel: string;
  readonly reader: BlockReader;
  readonly identities: IdentityDirectory;
  readonly collections: Collections;
  readonly log: Log;
}

type Envelope = InstanceType<typeof common.Envelope>;
type Stream = ServerDuplexStream<Envelope, Uint8Array>;
/** Turns a block into a serialised `peer.DeliverResponse`. */
type Encode = (block: ReadableBlock, identity: Identity) => Promise<Uint8Array> | Uint8Array;

/** Made once: an abort without a reason makes an error with a trace. */
const clientGone = new Error("the client has gone");

const serialised = { responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes) };

/** `protos.Deliver`, its responses being bytes: a block is sent as it is kept, never taken apart. */
export const deliverDefinition = {
  deliver: { ...peer.DeliverService.deliver, ...serialised },
  deliverFiltered: { ...peer.DeliverService.deliverFiltered, ...serialised },
  deliverWithPrivateData: { ...peer.DeliverService.deliverWithPrivateData, ...serialised },
};

export function deliverImplementation(options: DeliverOptions): UntypedServiceImplementation {
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
    deliver: (stream: Stream) => serve(stream, options, whole),
    deliverFiltered: (stream: Stream) => serve(stream, options, filtered),
    deliverWithPrivateData: (stream: Stream) => serve(stream, options, withPrivateData),
  };
}

/** Answers seek requests one after the other until one fails or the client ends the stream. */
function serve(stream: Stream, options: DeliverOptions, encode: Encode): void {
  const gone = new AbortController();
  const leave = () => gone.abort(clientGone);
  stream.on("cancelled", leave);
  stream.on("error", leave);
  let answered = Promise.resolve();
  const next = (step: () => Promise<void>) => {
    answered = answered.then(step).catch((error: unknown) => {
      if (gone.signal.aborted) return;
      options.log.error("delivering blocks failed", { error: String(error) });
      // Not `destroy`, which would end the call without a status.
      stream.emit("error", internalError());
    });
  };
  stream.on("data", (envelope: Envelope) =>
    next(async () => {
      if (gone.signal.aborted) return;
      const status = await deliver(stream, envelope, options, encode, gone.signal);
      stream.write(messageOf(integerField(1, status)));
      if (status === common.Status.SUCCESS) return;
      stream.end();
      leave();
    }),
  );
  stream.on("end", () => next(async () => void stream.end()));
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
