import { Client, type ClientDuplexStream, credentials } from "@grpc/grpc-js";
import { peer } from "@hyperledger/fabric-protos";
import { chaincodeMessage } from "../../evidence/protobuf/chaincode";
import { type Decoded, decode, justifiedBy } from "../../evidence/protobuf/decode";
import { chaincodeId, type SignedProposal } from "../../evidence/protobuf/messages";
import type { Log } from "../log";
import { bytesField, integerField, messageOf, stringField } from "../wire";
import { ChaincodeStreamTerminatedError, ChaincodeTimeoutError, InvocationError } from "./errors";
import type { Invocation } from "./invocation";
import { answerRequest } from "./requests";

type Message = Decoded<typeof chaincodeMessage>;
const { Type } = peer.ChaincodeMessage;
const { connect } = peer.ChaincodeService;

/** Message sizes are bounded by what the client may send, not here. */
const channelOptions = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
  "grpc.enable_channelz": 0,
};

interface Pending {
  readonly invocation: Invocation;
  readonly timer: NodeJS.Timeout;
  resolve(message: Message): void;
  reject(error: InvocationError): void;
  /** Requests of one transaction are answered one after the other, as they came. */
  last: Promise<void>;
}

export interface StreamOptions {
  /** `host:port` of the chaincode server. */
  readonly address: string;
  /** The identifier it must register with. */
  readonly chaincodeId: string;
  readonly executionTimeoutMs: number;
  readonly log: Log;
}

/**
 * The peer's side of Fabric's chaincode stream (`core/chaincode/handler.go`), chaincode as a service: the peer
 * connects, the chaincode registers, then transactions go one way and requests for state the other.
 */
export class ChaincodeStream {
  readonly #pending = new Map<string, Pending>();
  readonly #client: Client;
  readonly #stream: ClientDuplexStream<Uint8Array, Message>;
  #ended: InvocationError | undefined;
  /** Resolves when the chaincode has registered, rejects if it does not. */
  readonly ready: Promise<void>;
  /** Resolves when the stream has ended, for whatever reason. */
  readonly ended: Promise<void>;

  constructor(private readonly options: StreamOptions) {
    this.#client = new Client(options.address, credentials.createInsecure(), channelOptions);
    this.#stream = this.#client.makeBidiStreamRequest(
      connect.path,
      (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      (bytes: Buffer) => decode(chaincodeMessage, bytes, justifiedBy(bytes)),
    );
    const ready = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    this.ready = ready.promise;
    this.ended = ended.promise;
    this.ready.catch(() => undefined);
    const end = (cause: string) => {
      if (this.#ended) return;
      this.#ended = new ChaincodeStreamTerminatedError();
      options.log.warn("the chaincode stream ended", { cause, pending: this.#pending.size });
      for (const pending of this.#pending.values()) pending.reject(this.#ended);
      ready.reject(this.#ended);
      this.#client.close();
      ended.resolve();
    };
    this.#stream.on("data", (message: Message) => this.#receive(message, ready));
    this.#stream.on("error", (error) => end(error.message));
    this.#stream.on("end", () => end("ended by the chaincode"));
  }

  get pendingInvocations(): number {
    return this.#pending.size;
  }

  /**
   * Runs one invocation.
   * @returns the chaincode's COMPLETED or ERROR message
   * @throws ChaincodeTimeoutError, ChaincodeStreamTerminatedError, InvocationError
   */
  async invoke(invocation: Invocation, input: Uint8Array, proposal: SignedProposal): Promise<Message> {
    if (this.#ended) throw this.#ended;
    const key = keyOf(invocation.channel, invocation.transactionId);
    if (this.#pending.has(key))
      throw new InvocationError(`txid: ${invocation.transactionId}(${invocation.channel}) exists`);
    const { promise, resolve, reject } = Promise.withResolvers<Message>();
    const timer = setTimeout(() => reject(new ChaincodeTimeoutError()), this.options.executionTimeoutMs);
    this.#pending.set(key, { invocation, timer, resolve, reject, last: Promise.resolve() });
    const { transactionId: txid, channel: channelId } = invocation;
    this.#stream.write(messageBytes({ type: Type.TRANSACTION, txid, channelId, payload: input, proposal }));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(key);
      await invocation.closeIterators();
    }
  }

  /** Ends the stream; what is pending fails. */
  close(): void {
    this.#stream.cancel();
  }

  #receive(message: Message, ready: PromiseWithResolvers<void>): void {
    switch (message.type) {
      case Type.KEEPALIVE:
        return;
      case Type.REGISTER:
        this.#register(message, ready);
        return;
      case Type.COMPLETED:
      case Type.ERROR:
        this.#pending.get(keyOf(message.channelId, message.txid))?.resolve(message);
        return;
      default:
        this.#answer(message);
    }
  }

  #register(message: Message, ready: PromiseWithResolvers<void>): void {
    const id = decode(chaincodeId, message.payload).name;
    if (id !== this.options.chaincodeId) {
      ready.reject(
        new InvocationError(`the chaincode registered as ${id}, expected ${this.options.chaincodeId}`),
      );
      this.close();
      return;
    }
    for (const type of [Type.REGISTERED, Type.READY]) this.#stream.write(messageBytes({ type }));
    ready.resolve();
  }

  #answer(message: Message): void {
    const pending = this.#pending.get(keyOf(message.channelId, message.txid));
    if (!pending) {
      this.#stream.write(errorAnswer(message, "no ledger context"));
      return;
    }
    pending.last = pending.last.then(async () => {
      try {
        const payload = await answerRequest(message, pending.invocation);
        const { txid, channelId } = message;
        this.#stream.write(messageBytes({ type: Type.RESPONSE, txid, channelId, payload }));
      } catch (error) {
        this.#stream.write(errorAnswer(message, error instanceof Error ? error.message : String(error)));
      }
    });
  }
}

const typeNames = new Map<number, string>(Object.entries(Type).map(([name, value]) => [value, name]));

/** Fabric's wording: `handler.HandleTransaction` wraps what went wrong with the request's name. */
function errorAnswer({ type, txid, channelId }: Message, reason: string): Uint8Array {
  const name = typeNames.get(type) ?? String(type);
  const payload = Buffer.from(`${name} failed: transaction ID: ${txid}: ${reason}`);
  return messageBytes({ type: Type.ERROR, txid, channelId, payload });
}

/** Serialised `peer.ChaincodeMessage`. */
function messageBytes(message: Pick<Message, "type"> & Partial<Message>): Uint8Array {
  const { type, payload, txid = "", proposal, channelId = "" } = message;
  return messageOf(
    integerField(1, type),
    bytesField(3, payload ?? nothing),
    stringField(4, txid),
    proposal
      ? bytesField(5, messageOf(bytesField(1, proposal.proposalBytes), bytesField(2, proposal.signature)))
      : [],
    stringField(7, channelId),
  );
}

const nothing = new Uint8Array(0);

function keyOf(channel: string, transactionId: string): string {
  return `${channel}/${transactionId}`;
}
