import { createPrivateKey } from "node:crypto";
import { connect, hash } from "@hyperledger/fabric-gateway";
import type { Connection } from "@/ledger/client/connection";
import { openClient } from "@/ledger/client/gateway/grpc-client";
import { signMessage } from "@/ledger/client/gateway/signature";
import type { Person } from "@/tests/fabric/people";

export type Put = (key: string) => Promise<unknown>;

export interface Pace {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Clients that each wait for their transaction to be committed before they send the next. */
export async function run(put: Put, clients: number, transactions: number, prefix: string): Promise<Pace> {
  const durations: number[] = [];
  let next = 0;
  const started = performance.now();
  const client = async () => {
    while (next < transactions) {
      const key = `${prefix}-${next++}`;
      const before = performance.now();
      await put(key);
      durations.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  durations.sort((a, b) => a - b);
  const at = (share: number) => round(durations[Math.floor(durations.length * share)] ?? Number.NaN, 10);
  return { perSecond: round(transactions / seconds, 10), p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** A session as the application has them: its gRPC client, its signatures by OpenSSL. */
export function openSession(connection: Connection, person: Person) {
  const peer = person.organisation.peers[0];
  if (!peer?.tlsCaPem) throw new Error("the connection names no peer with TLS");
  const client = openClient(peer);
  const key = createPrivateKey(person.privateKeyPem);
  const gateway = connect({
    client,
    identity: { mspId: person.organisation.mspId, credentials: Buffer.from(person.certificatePem) },
    hash: hash.none,
    signer: async (message) => signMessage(key, message),
  });
  const contract = gateway.getNetwork(connection.channel).getContract(connection.chaincode);
  return {
    submit: (name: string, argument: string) => contract.submitTransaction(name, argument),
    put: (key: string) =>
      contract.submitTransaction("put", key, "a value of some length, as records have it"),
    close() {
      gateway.close();
      client.close();
    },
  };
}

export function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
