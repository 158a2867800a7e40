import type { KeyObject } from "node:crypto";
import { type Client, status } from "@grpc/grpc-js";
import {
  connect,
  type Gateway as FabricGateway,
  GatewayError,
  hash,
  type Network,
} from "@hyperledger/fabric-gateway";
import { gateway as messages, msp } from "@hyperledger/fabric-protos";
import { type QueryName, type QueryOf, queries } from "../../protocol/transactions";
import { parseBlock } from "../evidence/block";
import { decode } from "../evidence/protobuf/decode";
import { blockchainInfo, processedTransaction } from "../evidence/protobuf/messages";
import { parseTransaction } from "../evidence/transaction";
import type { Transaction } from "../evidence/types";
import type { Connection } from "./connection";
import { type AnswerOf, answers } from "./gateway/answers";
import { fullMessage } from "./gateway/full-message";
import { LedgerUnavailableError, NotConnectedError, type PeerHeight, Peers } from "./gateway/peers";
import type { Endorsed, Proposal } from "./gateway/proposal";
import { signMessage } from "./gateway/signature";
import { StreamWatch } from "./gateway/stream-watch";
import { type BlockQuestion, notThere, type Testimony, testimonies } from "./gateway/testimony";

/** A certificate of the ledger, PEM. */
export interface Certificate {
  readonly mspId: string;
  readonly certificatePem: string;
}
/** A certificate whose P-256 key this process holds. */
export interface Signatory extends Certificate {
  readonly key: KeyObject;
}

/** How long a peer may take to say how many blocks it has, where that is how one sees that it is there. */
const probePatienceMs = 4_000;
/** As many blocks as a peer may have less than another that is well. */
const blocksBehind = 10;

/** Where a transaction ended. */
export interface CommitStatus {
  readonly block: number;
  /** `peer.TxValidationCode`; 0 is valid. */
  readonly code: number;
}

export interface ChainInfo {
  /** Number of blocks. */
  readonly height: number;
  readonly currentHash: Uint8Array;
}

/** In whose name this process looks at the ledger. */
export interface Readers {
  /** Blocks, `qscc`, the status of transactions. */
  readonly chain: Signatory;
  /** Records of one municipality: the chaincode shows them to its own certificates. */
  of(municipality: string): Promise<Signatory>;
}

const seconds = (count: number) => () => ({ deadline: Date.now() + count * 1000 });

/**
 * The application's side of the ledger: one for each process. Questions are signed by certificates of the
 * server; transactions by whoever they belong to, step by step, so that the key may be elsewhere.
 * Errors are those of `@hyperledger/fabric-gateway` and `LedgerUnavailableError`; `refusalOf` says what they mean.
 */
export class LedgerGateway {
  readonly #peers: Peers;
  readonly #gateways = new WeakMap<Client, FabricGateway>();

  constructor(
    readonly connection: Connection,
    private readonly readers: Readers,
  ) {
    this.#peers = new Peers(connection, (client) => this.#checkUpToDate(client));
  }

  /** Asks the chaincode a question that changes nothing. */
  async evaluate<Q extends QueryName>(query: Q, input: QueryOf<Q>): Promise<AnswerOf<Q>> {
    const argument = JSON.stringify(queries[query].parse(input));
    const reader = await this.readers.of(input.municipality);
    const bytes = await this.#peers.ask((client) =>
      this.#connect(client, reader)
        .getNetwork(this.connection.channel)
        .getContract(this.connection.chaincode)
        .evaluateTransaction(query, argument),
    );
    return answers[query].parse(JSON.parse(Buffer.from(bytes).toString("utf8"))) as AnswerOf<Q>;
  }

  /** `qscc:GetChainInfo`. */
  async chainInfo(): Promise<ChainInfo> {
    const bytes = await this.#askSystem("GetChainInfo");
    const { height, currentBlockHash } = decode(blockchainInfo, bytes);
    return { height, currentHash: currentBlockHash };
  }

  /**
   * The number of blocks that each peer of the connection has.
   * @param patience milliseconds that a peer may take; `height` is null where it took longer or refused
   */
  peerHeights(patience: number): Promise<PeerHeight[]> {
    return this.#peers.askEach((client) => this.#heightOf(client, patience));
  }

  /** `qscc:GetTransactionByID`: the transaction with its validation code, undefined where the ledger has none. */
  async transaction(transactionId: string): Promise<Transaction | undefined> {
    const bytes = await this.#lookUp("GetTransactionByID", transactionId);
    if (!bytes) return undefined;
    const { transactionEnvelope, validationCode } = decode(processedTransaction, bytes);
    return parseTransaction(transactionEnvelope, { index: 0, code: validationCode });
  }

  /** `qscc:GetBlockByTxID`: the serialised `common.Block` that holds a transaction. */
  blockByTransaction(transactionId: string): Promise<Uint8Array | undefined> {
    return this.#lookUp("GetBlockByTxID", transactionId);
  }

  /** Where a transaction is and how it was validated, read from its block; undefined where the ledger has none. */
  async locate(transactionId: string): Promise<CommitStatus | undefined> {
    const bytes = await this.blockByTransaction(transactionId);
    if (!bytes) return undefined;
    const { number, transactions } = parseBlock(bytes);
    // The first one counts: later ones of the same id are repetitions.
    const found = transactions.find(({ id }) => id === transactionId);
    return found && { block: number, code: found.code };
  }

  /** `qscc:GetBlockByNumber`: the serialised `common.Block`. */
  blockByNumber(number: number): Promise<Uint8Array> {
    return this.#askSystem("GetBlockByNumber", String(number));
  }

  /**
   * Asks each organisation's own peers for a block, whatever the others say.
   * @param patience milliseconds that a peer may take for an answer
   */
  testimonies(question: BlockQuestion, patience: number): Promise<Testimony[]> {
    const system = (endpoint: string) => this.#network(this.#peers.at(endpoint)).getContract("qscc");
    return testimonies(this.connection, system, question, patience);
  }

  /**
   * First step of a transaction: bytes that name its signer and are signed by nobody yet. Asks no peer.
   * @param transient what the chaincode is given and no block will hold
   */
  newProposal(
    signer: Certificate,
    transaction: string,
    argument: object,
    transient: Readonly<Record<string, Uint8Array>> = {},
  ): Proposal {
    const { mspId, certificatePem } = signer;
    const identity = { mspId, credentials: Buffer.from(certificatePem) };
    const network = connect({ client: this.#peers.any(), identity }).getNetwork(this.connection.channel);
    const proposal = network
      .getContract(this.connection.chaincode)
      .newProposal(transaction, { arguments: [JSON.stringify(argument)], transientData: transient });
    return { transactionId: proposal.getTransactionId(), proposal: proposal.getBytes() };
  }

  /** Has a signed proposal endorsed. */
  async endorse({ proposal }: Proposal): Promise<Endorsed> {
    const transaction = await this.#peers.ask((client) =>
      this.#gateway(client).newProposal(proposal).endorse(),
    );
    return { transactionId: transaction.getTransactionId(), envelope: transaction.getBytes() };
  }

  /** Hands a signed envelope to the orderers. Any error leaves open whether it will be in a block. */
  async submit({ envelope }: Endorsed): Promise<void> {
    await this.#peers.ask((client) => this.#gateway(client).newTransaction(envelope).submit());
  }

  /**
   * Waits until a transaction is in a block; the reader asks, whoever signed it.
   * @returns undefined when it is in none after `patience` milliseconds
   */
  async commitStatus(transactionId: string, patience: number): Promise<CommitStatus | undefined> {
    const request = this.#commitStatusRequest(transactionId);
    const options = { deadline: Date.now() + patience };
    return this.#peers.ask(async (client) => {
      try {
        const { blockNumber, code } = await this.#gateway(client).newCommit(request).getStatus(options);
        return { block: Number(blockNumber), code };
      } catch (error) {
        if (error instanceof GatewayError && error.code === status.DEADLINE_EXCEEDED) return undefined;
        throw error;
      }
    });
  }

  /**
   * Blocks from a number on, and then as they come, until the signal or an error ends it.
   * @returns serialised `common.Block`s
   */
  async *blocks(from: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    if (signal.aborted) return;
    const client = await this.#peers.connected();
    const events = await this.#network(client).getBlockEvents({ startBlock: BigInt(from) });
    const stop = () => events.close();
    signal.addEventListener("abort", stop, { once: true });
    const heights = () => this.peerHeights(probePatienceMs);
    const watch = new StreamWatch(client, heights, stop);
    try {
      for await (const block of events) yield block.serializeBinary();
      if (watch.fault) throw new LedgerUnavailableError(watch.fault);
    } catch (error) {
      if (signal.aborted) return;
      this.#peers.setAway(client);
      throw watch.fault ? new LedgerUnavailableError(watch.fault) : error;
    } finally {
      watch.end();
      signal.removeEventListener("abort", stop);
      events.close();
    }
  }

  close(): void {
    this.#peers.close();
  }

  /** @throws NotConnectedError where a peer does not answer, or has not caught up with the others yet */
  async #checkUpToDate(client: Client): Promise<void> {
    const heights = await this.peerHeights(probePatienceMs);
    const own = heights.find((one) => one.client === client)?.height ?? null;
    const highest = Math.max(...heights.map(({ height }) => height ?? 0));
    if (own === null) throw new NotConnectedError("no answer");
    if (own < highest - blocksBehind) throw new NotConnectedError(`${own} of ${highest} blocks`);
  }

  async #heightOf(client: Client, patience: number): Promise<number> {
    const proposal = this.#network(client)
      .getContract("qscc")
      .newProposal("GetChainInfo", { arguments: [this.connection.channel] });
    const bytes = await proposal.evaluate({ deadline: Date.now() + patience });
    return decode(blockchainInfo, bytes).height;
  }

  #askSystem(query: string, ...parameters: string[]): Promise<Uint8Array> {
    return this.#peers.ask((client) =>
      this.#network(client)
        .getContract("qscc")
        .evaluateTransaction(query, this.connection.channel, ...parameters),
    );
  }

  async #lookUp(query: "GetTransactionByID" | "GetBlockByTxID", transactionId: string) {
    try {
      return await this.#askSystem(query, transactionId);
    } catch (error) {
      if (error instanceof GatewayError && notThere.test(fullMessage(error))) return undefined;
      throw error;
    }
  }

  #commitStatusRequest(transactionId: string): Uint8Array {
    const { mspId, certificatePem } = this.readers.chain;
    const identity = new msp.SerializedIdentity();
    identity.setMspid(mspId);
    identity.setIdBytes(Buffer.from(certificatePem));
    const request = new messages.CommitStatusRequest();
    request.setChannelId(this.connection.channel);
    request.setTransactionId(transactionId);
    request.setIdentity(identity.serializeBinary());
    const signed = new messages.SignedCommitStatusRequest();
    signed.setRequest(request.serializeBinary());
    signed.setSignature(signMessage(this.readers.chain.key, request.serializeBinary()));
    return signed.serializeBinary();
  }

  #network(client: Client): Network {
    return this.#gateway(client).getNetwork(this.connection.channel);
  }

  #gateway(client: Client): FabricGateway {
    const known = this.#gateways.get(client);
    if (known) return known;
    const gateway = this.#connect(client, this.readers.chain);
    this.#gateways.set(client, gateway);
    return gateway;
  }

  #connect(client: Client, { mspId, certificatePem, key }: Signatory): FabricGateway {
    return connect({
      client,
      identity: { mspId, credentials: Buffer.from(certificatePem) },
      // node:crypto hashes what it signs.
      hash: hash.none,
      signer: async (message) => signMessage(key, message),
      evaluateOptions: seconds(10),
      endorseOptions: seconds(20),
      submitOptions: seconds(10),
      commitStatusOptions: seconds(60),
    });
  }
}
