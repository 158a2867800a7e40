import { type Client, status } from "@grpc/grpc-js";
import { GatewayError } from "@hyperledger/fabric-gateway";
import { log } from "../../../lib/log";
import { parseRuleError } from "../../../protocol/errors";
import type { Connection, ConnectionPeer } from "../connection";
import { metrics } from "../metrics";
import { fullMessage } from "./full-message";
import { openClient } from "./grpc-client";

/** No peer of the connection could be asked. Trying again later may help; nothing is known to have been written. */
export class LedgerUnavailableError extends Error {
  override readonly name = "LedgerUnavailableError";
  constructor(cause: unknown) {
    super(`no peer of the ledger answers: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** A peer cannot be connected to, or is known to be of no use just now. */
export class NotConnectedError extends Error {
  override readonly name = "NotConnectedError";
}

/** How many blocks a peer has; null where it does not answer. */
export interface PeerHeight {
  readonly peer: string;
  readonly mspId: string;
  readonly client: Client;
  readonly height: number | null;
}

type Peer = {
  readonly endpoint: string;
  readonly name: string;
  readonly mspId: string;
  readonly client: Client;
  /** Since when it has not answered, milliseconds of the epoch; 0 while it does. */
  awaySince: number;
  /** Each lets a question go on to another peer that waits for this one's answer. */
  readonly leaving: Set<() => void>;
};

/** How often a peer that did not answer is asked whether it is back. */
const probeMs = 3_000;
const connectMs = 3_000;

/**
 * The peers of a connection, one gRPC client for each endpoint, in the order of the description. Calls go to the first
 * that answers and move on to the next when one is gone.
 */
export class Peers {
  readonly #peers: Peer[];
  readonly #probes = new Map<Peer, NodeJS.Timeout>();

  /** @param probe asks a peer something small, with a deadline: until it is well again it is only asked last */
  constructor(
    connection: Connection,
    private readonly probe: (client: Client) => Promise<unknown>,
  ) {
    const byEndpoint = new Map<string, Peer>();
    for (const { mspId, peers } of connection.organisations)
      for (const peer of peers)
        if (!byEndpoint.has(peer.endpoint)) byEndpoint.set(peer.endpoint, openPeer(mspId, peer));
    this.#peers = [...byEndpoint.values()];
  }

  /**
   * Asks one peer after the other. What is asked must be harmless when it is asked twice: also a submission is,
   * since the same bytes count once.
   * @throws LedgerUnavailableError when all are gone; whatever else a peer answers as it comes.
   */
  async ask<T>(question: (client: Client) => Promise<T>): Promise<T> {
    let last: unknown;
    for (const peer of this.#inOrder()) {
      try {
        const answer = await unlessLeft(peer, question(peer.client));
        this.#isBack(peer);
        return answer;
      } catch (error) {
        if (!isGone(error)) throw error;
        this.#passOver(peer);
        last = error;
      }
    }
    throw new LedgerUnavailableError(last);
  }

  /** Asks all of them the same at once, whether or not they answered lately; null where one does not. */
  askEach(question: (client: Client) => Promise<number>): Promise<PeerHeight[]> {
    return Promise.all(
      this.#peers.map(async ({ name, mspId, client }) => ({
        peer: name,
        mspId,
        client,
        height: await question(client).catch(() => null),
      })),
    );
  }

  /** The client of one endpoint of the connection, whether or not its peer answers. */
  at(endpoint: string): Client {
    const peer = this.#peers.find((one) => one.endpoint === endpoint);
    if (!peer) throw new RangeError(`the connection names no peer at ${endpoint}`);
    return peer.client;
  }

  /** A client to make bytes with, whether or not its peer answers. */
  any(): Client {
    const [peer] = this.#inOrder();
    if (!peer) throw new LedgerUnavailableError("the connection names none");
    return peer.client;
  }

  /** The first peer that can be connected to: the one to follow for a stream. @throws LedgerUnavailableError */
  connected(): Promise<Client> {
    return this.ask(
      (client) =>
        new Promise((resolve, reject) => {
          client.waitForReady(Date.now() + connectMs, (error) =>
            error ? reject(new NotConnectedError(error.message)) : resolve(client),
          );
        }),
    );
  }

  /** Told by the holder of a stream that broke, so that the next one goes elsewhere where it can. */
  setAway(client: Client): void {
    const peer = this.#peers.find((one) => one.client === client);
    if (peer) this.#passOver(peer);
  }

  close(): void {
    for (const timer of this.#probes.values()) clearTimeout(timer);
    this.#probes.clear();
    for (const { client } of this.#peers) client.close();
  }

  #passOver(peer: Peer): void {
    const { name, mspId } = peer;
    if (peer.awaySince === 0) {
      log.warn({ peer: name, mspId }, "a peer does not answer");
      metrics().peersAway.inc({ peer: name });
    }
    peer.awaySince = Date.now();
    for (const leave of peer.leaving) leave();
    if (!this.#probes.has(peer)) this.#probeLater(peer);
  }

  /** Behind the back of those who ask: a host that is cut off would keep each of them for a whole deadline. */
  #probeLater(peer: Peer): void {
    const timer = setTimeout(async () => {
      const gone = await this.probe(peer.client).then(() => false, isGone);
      if (this.#probes.get(peer) !== timer) return;
      if (gone) this.#probeLater(peer);
      else this.#isBack(peer);
    }, probeMs);
    this.#probes.set(peer, timer.unref());
  }

  #isBack(peer: Peer): void {
    clearTimeout(this.#probes.get(peer));
    this.#probes.delete(peer);
    if (peer.awaySince > 0) log.info({ peer: peer.name, mspId: peer.mspId }, "a peer answers again");
    peer.awaySince = 0;
  }

  #inOrder(): Peer[] {
    const away = this.#peers.filter(({ awaySince }) => awaySince > 0);
    const here = this.#peers.filter(({ awaySince }) => awaySince === 0);
    return [...here, ...away.sort((a, b) => a.awaySince - b.awaySince)];
  }
}

/** Texts by which a peer says that it could not run the chaincode (`chaincode_support.go`). */
const chaincodeAway =
  /chaincode stream terminated|could not launch chaincode|connection to .* failed|error sending|timeout expired while executing|chaincode .* (is not running|not connected)|failed to execute transaction/i;

/** A peer that answers as many calls as it may (`grpc_limiters.go`). */
const busy = /too many requests for .*exceeding concurrency limit/;

/**
 * The peer did not answer at all, or answered that its chaincode does not: as opposed to a refusal. Another
 * organisation's may do what this one cannot.
 */
export function isGone(error: unknown): boolean {
  if (error instanceof NotConnectedError) return true;
  if (!(error instanceof GatewayError)) return false;
  if (gone.has(error.code)) return true;
  const message = fullMessage(error);
  return (chaincodeAway.test(message) || busy.test(message)) && !parseRuleError(message);
}

const gone: ReadonlySet<status> = new Set([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED]);

/** Not all have to wait for their deadlines where one has found that the peer is gone. */
function unlessLeft<T>({ name, leaving }: Peer, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new NotConnectedError(`${name} was found not to answer`));
    leaving.add(leave);
    answer.then(resolve, reject).finally(() => leaving.delete(leave));
  });
}

function openPeer(mspId: string, peer: ConnectionPeer): Peer {
  const { endpoint, name } = peer;
  return { endpoint, name, mspId, client: openClient(peer), awaySince: 0, leaving: new Set() };
}
