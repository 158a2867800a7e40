import { type ClientDuplexStream, credentials } from "@grpc/grpc-js";
import { peer } from "@hyperledger/fabric-protos";
import type { Log } from "../log";
import { ChaincodeStreamTerminatedError, ChaincodeTimeoutError, InvocationError } from "./errors";
import type { Invocation } from "./invocation";
import { answerRequest } from "./requests";

type Message = InstanceType<typeof peer.ChaincodeMessage>;
const { Type } = peer.ChaincodeMessage;

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
  readonly #client: InstanceType<typeof peer.ChaincodeClient>;
  readonly #stream: ClientDuplexStream<Message, Message>;
  #ended: InvocationError | undefined;
  /** Resolves when the chaincode has registered, rejects if it does not. */
  readonly ready: Promise<void>;
  /** Resolves when the stream has ended, for whatever reason. */
  readonly ended: Promise<void>;

  constructor(private readonly options: StreamOptions) {
    this.#client = new peer.ChaincodeClient(options.address, credentials.createInsecure(), channelOptions);
    this.#stream = this.#client.connect();
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
  async invoke(invocation: Invocation, input: Uint8Array, proposal: ProposalMessage): Promise<Message> {
    if (this.#ended) throw this.#ended;
    const key = keyOf(invocation.channel, invocation.transactionId);
    if (this.#pending.has(key))
      throw new InvocationError(`txid: ${invocation.transactionId}(${invocation.channel}) exists`);
    const { promise, resolve, reject } = Promise.withResolvers<Message>();
    const timer = setTimeout(() => reject(new ChaincodeTimeoutError()), this.options.executionTimeoutMs);
    this.#pending.set(key, { invocation, timer, resolve, reject, last: Promise.resolve() });
    const message = new peer.ChaincodeMessage();
    message.setType(Type.TRANSACTION);
    message.setTxid(invocation.transactionId);
    message.setChannelId(invocation.channel);
    message.setPayload(input);
    message.setProposal(proposal);
    this.#stream.write(message);
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
    switch (message.getType()) {
      case Type.KEEPALIVE:
        return;
      case Type.REGISTER:
        this.#register(message, ready);
        return;
      case Type.COMPLETED:
      case Type.ERROR:
        this.#pending.get(keyOf(message.getChannelId(), message.getTxid()))?.resolve(message);
        return;
      default:
        this.#answer(message);
    }
  }

  #register(message: Message, ready: PromiseWithResolvers<void>): void {
    const id = peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName();
    if (id !== this.options.chaincodeId) {
      ready.reject(
        new InvocationError(`the chaincode registered as ${id}, expected ${this.options.chaincodeId}`),
      );
      this.close();
      return;
    }
    for (const type of [Type.REGISTERED, Type.READY]) {
      const answer = new peer.ChaincodeMessage();
      answer.setType(type);
      this.#stream.write(answer);
    }
    ready.resolve();
  }

  #answer(message: Message): void {
    const pending = this.#pending.get(keyOf(message.getChannelId(), message.getTxid()));
    if (!pending) {
      this.#stream.write(errorAnswer(message, "no ledger context"));
      return;
    }
    pending.last = pending.last.then(async () => {
      const answer = new peer.ChaincodeMessage();
      answer.setTxid(message.getTxid());
      answer.setChannelId(message.getChannelId());
      try {
        answer.setType(Type.RESPONSE);
        answer.setPayload(await answerRequest(message, pending.invocation));
        this.#stream.write(answer);
      } catch (error) {
        this.#stream.write(errorAnswer(message, error instanceof Error ? error.message : String(error)));
      }
    });
  }
}

type ProposalMessage = InstanceType<typeof peer.SignedProposal>;

const typeNames = new Map<number, string>(Object.entries(Type).map(([name, value]) => [value, name]));

/** Fabric's wording: `handler.HandleTransaction` wraps what went wrong with the request's name. */
function errorAnswer(request: Message, reason: string): Message {
  const answer = new peer.ChaincodeMessage();
  answer.setType(Type.ERROR);
  answer.setTxid(request.getTxid());
  answer.setChannelId(request.getChannelId());
  const name = typeNames.get(request.getType()) ?? String(request.getType());
  answer.setPayload(Buffer.from(`${name} failed: transaction ID: ${request.getTxid()}: ${reason}`));
  return answer;
}

function keyOf(channel: string, transactionId: string): string {
  return `${channel}/${transactionId}`;
}
