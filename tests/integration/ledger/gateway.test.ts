import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import type { Connection } from "@/ledger/client/connection";
import { LedgerGateway, type Signatory } from "@/ledger/client/gateway";
import { LedgerUnavailableError } from "@/ledger/client/gateway/peers";
import { refusalOf } from "@/ledger/client/gateway/refusal";
import { signMessage } from "@/ledger/client/gateway/signature";
import { carriersHolder, chainReader, municipalService } from "@/ledger/client/identities/services";
import { advance, messageToSign, type SigningState, SigningStepError } from "@/ledger/client/outbox/signing";
import { submitAndWait } from "@/ledger/client/outbox/wait";
import { foundTorino } from "./founded";
import { startWorld, subjectCommand, torino } from "./world";

const world = await startWorld();
const { db, access, ledger } = world;
const { gateway, identities } = access;
await world.startWorker();
await foundTorino(world);

const reader = (await identities.signatory(chainReader)).signatory;
const { signatory: service } = await identities.signatory(municipalService(torino));
const readers = { chain: reader, of: async () => service };

describe("several peers", () => {
  it("are asked one after the other: a peer that is gone is passed over", async () => {
    const some = new LedgerGateway(withDeadPeer(await deadEndpoint(), ledger.connection), readers);
    const { height } = await some.chainInfo();
    expect(height).toBeGreaterThan(1);
    const idParts = [torino];
    expect(
      await some.evaluate("records:get", { municipality: torino, type: "municipality", idParts }),
    ).toMatchObject({
      name: "Torino",
    });
    expect((await send(some, service, "subject-failover")).status).toBe("committed");
    some.close();
  });

  it("are followed from the first that can be connected to", async () => {
    const some = new LedgerGateway(withDeadPeer(await deadEndpoint(), ledger.connection), readers);
    const stopping = new AbortController();
    let blocks = 0;
    for await (const block of some.blocks(0, stopping.signal)) {
      expect(block.length).toBeGreaterThan(0);
      blocks += 1;
      if (blocks === 2) stopping.abort();
    }
    expect(blocks).toBe(2);
    some.close();
  });

  it("say so when none is left", async () => {
    const [organisation] = withDeadPeer(await deadEndpoint(), ledger.connection).organisations;
    const none = new LedgerGateway(
      { ...ledger.connection, organisations: organisation ? [organisation] : [] },
      readers,
    );
    const asked = none.chainInfo();
    await expect(asked).rejects.toThrow(LedgerUnavailableError);
    expect(refusalOf(await asked.catch((error: unknown) => error)).kind).toBe("unavailable");
    none.close();
  });
});

describe("a refusal", () => {
  it("of a rule comes with the rule's code", async () => {
    await submitAndWait(db, subjectCommand("subject-taken"));
    const refused = await send(gateway, service, "subject-taken").catch((error: unknown) => refusalOf(error));
    expect(refused).toMatchObject({ kind: "rule", rule: { code: "already_exists" } });
  });

  it("of a certificate whose key somebody else holds is told as such", async () => {
    const stranger = { ...service, key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey };
    const refused = await send(gateway, stranger, "subject-stolen").catch((error: unknown) =>
      refusalOf(error),
    );
    expect(refused).toMatchObject({ kind: "certificate" });
  });

  it("of another organisation's service, which vouches for no resident, is told by the chaincode", async () => {
    const { signatory } = await identities.signatory(carriersHolder(torino, "Case"));
    const refused = await send(gateway, signatory, "subject-elsewhere").catch((error: unknown) =>
      refusalOf(error),
    );
    expect(refused).toMatchObject({ kind: "rule", rule: { code: "wrong_carrier" } });
  });

  it("of a certificate without a role is told by the chaincode", async () => {
    const refused = await send(gateway, reader, "subject-nobody").catch((error: unknown) => refusalOf(error));
    expect(refused).toMatchObject({ kind: "rule", rule: { code: "wrong_certificate" } });
  });
});

describe("what is not there", () => {
  it("is undefined, or null for a record", async () => {
    const unknown = "f".repeat(64);
    expect(await gateway.transaction(unknown)).toBeUndefined();
    expect(await gateway.locate(unknown)).toBeUndefined();
    expect(await gateway.commitStatus(unknown, 300)).toBeUndefined();
    const idParts = ["nobody"];
    expect(
      await gateway.evaluate("records:get", { municipality: torino, type: "subject", idParts }),
    ).toBeNull();
  });
});

describe("the signing steps", () => {
  it("take a signature where one is due and nowhere else", async () => {
    const prepared: SigningState = { status: "prepared", ...proposal(gateway, service, "subject-steps") };
    await expect(advance(gateway, prepared)).rejects.toThrow(SigningStepError);
    const message = messageToSign(prepared) ?? new Uint8Array();
    const signed = await advance(gateway, prepared, { signature: signMessage(service.key, message) });
    expect(messageToSign(signed)).toBeUndefined();
    await expect(advance(gateway, signed, { signature: new Uint8Array(70) })).rejects.toThrow(
      SigningStepError,
    );
  });
});

function proposal(by: LedgerGateway, signatory: Signatory, subject: string) {
  const { input, signer, transaction } = subjectCommand(subject);
  const argument = { by: "resident", person: signer.person, input: { ...input, command: randomUUID() } };
  return by.newProposal(signatory, transaction, argument);
}

async function send(by: LedgerGateway, signatory: Signatory, subject: string): Promise<SigningState> {
  let state: SigningState = { status: "prepared", ...proposal(by, signatory, subject) };
  while (!("code" in state)) {
    const message = messageToSign(state);
    state = await advance(by, state, { signature: message && signMessage(signatory.key, message) });
  }
  return state;
}

function withDeadPeer(endpoint: string, connection: Connection): Connection {
  const [first] = connection.organisations;
  if (!first) throw new Error("no organisation");
  const peers = first.peers.map((peer) => ({ ...peer, name: "dead", endpoint }));
  return { ...connection, organisations: [{ ...first, peers }, ...connection.organisations.slice(1)] };
}

/** A port of loopback on which nobody listens. */
async function deadEndpoint(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}
