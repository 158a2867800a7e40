import { createPrivateKey, sign } from "node:crypto";
import { Client, credentials } from "@grpc/grpc-js";
import { connect, hash } from "@hyperledger/fabric-gateway";
import type { Connection } from "@/ledger/connection";
import { derFromRaw } from "@/ledger/peer/msp/signature";
import { startEmbedded } from "@/tests/conformance/embedded";
import { newPerson, organisationOf, type Person } from "@/tests/fabric/people";

/** Submissions a second and the time to a committed one, with a number of clients that each wait for theirs. */
export interface LedgerFigures {
  readonly clients: number;
  readonly transactions: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Measures the embedded ledger with the conformance chaincode, all on this machine. */
export async function measureLedger(clients: number, transactions: number): Promise<LedgerFigures> {
  const ledger = await startEmbedded();
  try {
    const person = await newPerson(organisationOf(ledger.connection, "comune"), "officer");
    const session = openFastSession(ledger.connection, person);
    await run(session.put, clients, Math.min(transactions, clients * 5), "warm");
    const figures = await run(session.put, clients, transactions, "key");
    session.close();
    return figures;
  } finally {
    await ledger.stop();
  }
}

type Put = (key: string) => Promise<unknown>;

async function run(put: Put, clients: number, transactions: number, prefix: string): Promise<LedgerFigures> {
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
  const at = (share: number) => round(durations[Math.floor(durations.length * share)] ?? Number.NaN);
  return { clients, transactions, perSecond: round(transactions / seconds), p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** A session that signs with OpenSSL: the gateway's own signer in JavaScript takes ten times as long. */
function openFastSession(connection: Connection, person: Person) {
  const peer = person.organisation.peers[0];
  if (!peer?.tlsCaPem) throw new Error("the connection names no peer with TLS");
  const client = new Client(peer.endpoint, credentials.createSsl(Buffer.from(peer.tlsCaPem)), {
    "grpc.ssl_target_name_override": peer.hostname,
  });
  const key = createPrivateKey(person.privateKeyPem);
  const gateway = connect({
    client,
    identity: { mspId: person.organisation.mspId, credentials: Buffer.from(person.certificatePem) },
    hash: hash.none,
    signer: async (message) => derFromRaw(sign("sha256", message, { key, dsaEncoding: "ieee-p1363" })),
  });
  const contract = gateway.getNetwork(connection.channel).getContract(connection.chaincode);
  return {
    put: (key: string) =>
      contract.submitTransaction("put", key, "a value of some length, as records have it"),
    close() {
      gateway.close();
      client.close();
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
