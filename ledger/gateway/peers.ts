import { Client, type ClientOptions, credentials, status } from "@grpc/grpc-js";
import { GatewayError } from "@hyperledger/fabric-gateway";
import { log } from "../../lib/log";
import type { Connection, ConnectionPeer } from "../connection";

/** No peer of the connection could be asked. Trying again later may help; nothing is known to have been written. */
export class LedgerUnavailableError extends Error {
  override readonly name = "LedgerUnavailableError";
  constructor(cause: unknown) {
    super(`no peer of the ledger answers: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

class NotConnectedError extends Error {
  override readonly name = "NotConnectedError";
}

type Peer = {
  readonly name: string;
  readonly mspId: string;
  readonly client: Client;
  awayUntil: number;
};

/** How long a peer that did not answer is asked last. */
const awayMs = 5_000;
const connectMs = 3_000;

const clientOptions: ClientOptions = {
  "grpc.keepalive_time_ms": 120_000,
  "grpc.keepalive_timeout_ms": 20_000,
  "grpc.keepalive_permit_without_calls": 0,
  // A ledger that comes back is found within a second, not after gRPC's usual two minutes.
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 1_000,
  "grpc.max_receive_message_length": 256 * 1024 * 1024,
  "grpc.max_send_message_length": 256 * 1024 * 1024,
};

/**
 * The peers of a connection, one gRPC client for each endpoint, in the order of the description. Calls go to the first
 * that answers and move on to the next when one is gone.
 */
export class Peers {
  readonly #peers: Peer[];

  constructor(connection: Connection) {
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
        const answer = await question(peer.client);
        peer.awayUntil = 0;
        return answer;
      } catch (error) {
        if (!isGone(error)) throw error;
        this.#passOver(peer);
        last = error;
      }
    }
    throw new LedgerUnavailableError(last);
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
    for (const { client } of this.#peers) client.close();
  }

  #passOver(peer: Peer): void {
    const { name, mspId } = peer;
    if (peer.awayUntil < Date.now()) log.warn({ peer: name, mspId }, "a peer does not answer");
    peer.awayUntil = Date.now() + awayMs;
  }

  #inOrder(): Peer[] {
    const now = Date.now();
    const here = this.#peers.filter(({ awayUntil }) => awayUntil <= now);
    const away = this.#peers.filter(({ awayUntil }) => awayUntil > now);
    return [...here, ...away.sort((a, b) => a.awayUntil - b.awayUntil)];
  }
}

/** The peer did not answer at all, as opposed to answering with a refusal. */
export function isGone(error: unknown): boolean {
  if (error instanceof NotConnectedError) return true;
  if (!(error instanceof GatewayError)) return false;
  return (
    error.code === status.UNAVAILABLE ||
    error.code === status.DEADLINE_EXCEEDED ||
    error.code === status.CANCELLED
  );
}

function openPeer(mspId: string, { name, endpoint, tlsCaPem, hostname }: ConnectionPeer): Peer {
  const security = tlsCaPem ? credentials.createSsl(Buffer.from(tlsCaPem)) : credentials.createInsecure();
  const options = tlsCaPem ? { ...clientOptions, "grpc.ssl_target_name_override": hostname } : clientOptions;
  return { name, mspId, client: new Client(endpoint, security, options), awayUntil: 0 };
}
