import { createPrivateKey, sign } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { connect, type Gateway, hash } from "@hyperledger/fabric-gateway";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { derFromRaw } from "@/ledger/embedded/msp/signature";
import type { Person } from "@/tests/fabric/people";
import { failureOf, freshKey, openTarget, type Session, type Target, textOf } from "./target";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let target: Target;
let session: Session;
let person: Person;
/** A gateway without a signer, as a server has it that keeps no keys. */
let keyless: Gateway;
let client: grpc.Client;

beforeAll(async () => {
  target = await openTarget();
  session = await target.session();
  person = await target.person("case");
  const peer = person.organisation.peers[0];
  if (!peer) throw new Error("the connection names no peer");
  const credentials = peer.tlsCaPem
    ? grpc.credentials.createSsl(Buffer.from(peer.tlsCaPem))
    : grpc.credentials.createInsecure();
  client = new grpc.Client(peer.endpoint, credentials, { "grpc.ssl_target_name_override": peer.hostname });
  keyless = connect({
    client,
    identity: { mspId: person.organisation.mspId, credentials: Buffer.from(person.certificatePem) },
    hash: hash.none,
  });
});
afterAll(async () => {
  keyless?.close();
  client?.close();
  await target?.close();
});

/** What the holder of the key does, as a browser's WebCrypto does it: a raw signature, then DER. */
function signed(message: Uint8Array): Uint8Array {
  const key = createPrivateKey(person.privateKeyPem);
  return derFromRaw(sign("sha256", message, { key, dsaEncoding: "ieee-p1363" }));
}

const contract = () => keyless.getNetwork(target.connection.channel).getContract(target.connection.chaincode);

describe("signing elsewhere", () => {
  it("takes a proposal, a transaction and a status request signed one after the other", async () => {
    const key = freshKey("offline");
    const unsigned = contract().newProposal("put", { arguments: [key, "value"] });
    const proposal = keyless.newSignedProposal(unsigned.getBytes(), signed(unsigned.getDigest()));
    const endorsed = await proposal.endorse();
    const transaction = keyless.newSignedTransaction(endorsed.getBytes(), signed(endorsed.getDigest()));
    const submitted = await transaction.submit();
    const commit = keyless.newSignedCommit(submitted.getBytes(), signed(submitted.getDigest()));
    expect(await commit.getStatus()).toMatchObject({
      successful: true,
      transactionId: unsigned.getTransactionId(),
    });
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("value");
  });

  it("takes an evaluation signed elsewhere", async () => {
    const unsigned = contract().newProposal("ping");
    const proposal = keyless.newSignedProposal(unsigned.getBytes(), signed(unsigned.getDigest()));
    expect(textOf(await proposal.evaluate())).toBe("pong");
  });

  it("takes requests for events signed elsewhere", async () => {
    const network = keyless.getNetwork(target.connection.channel);
    const name = freshKey("event");
    const submitted = await session.contract.submitAsync("emit", { arguments: [name, "payload"] });
    const { blockNumber: startBlock } = await submitted.getStatus();

    const chaincode = network.newChaincodeEventsRequest(target.connection.chaincode, { startBlock });
    const events = await keyless
      .newSignedChaincodeEventsRequest(chaincode.getBytes(), signed(chaincode.getDigest()))
      .getEvents();
    for await (const event of events) {
      expect(event.eventName).toBe(name);
      break;
    }
    events.close();

    const block = network.newBlockEventsRequest({ startBlock });
    const blocks = await keyless
      .newSignedBlockEventsRequest(block.getBytes(), signed(block.getDigest()))
      .getEvents();
    for await (const received of blocks) {
      expect(BigInt(received.getHeader()?.getNumber() ?? -1)).toBe(startBlock);
      break;
    }
    blocks.close();

    const filtered = network.newFilteredBlockEventsRequest({ startBlock });
    const filteredBlocks = await keyless
      .newSignedFilteredBlockEventsRequest(filtered.getBytes(), signed(filtered.getDigest()))
      .getEvents();
    for await (const received of filteredBlocks) {
      expect(BigInt(received.getNumber())).toBe(startBlock);
      break;
    }
    filteredBlocks.close();
  });

  it("refuses a proposal with a signature over something else", async () => {
    const unsigned = contract().newProposal("ping");
    const proposal = keyless.newSignedProposal(unsigned.getBytes(), signed(Buffer.from("something else")));
    expect(await failureOf(proposal.endorse())).toMatchObject({
      code: status.ABORTED,
      details: [
        {
          message: `error validating proposal: access denied: channel [${target.connection.channel}] creator org [CaseMSP]`,
        },
      ],
    });
  });

  it("refuses a transaction with a signature over something else", async () => {
    const endorsed = await endorse();
    const transaction = keyless.newSignedTransaction(endorsed.getBytes(), signed(Buffer.from("else")));
    const error = await failureOf(transaction.submit());
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(String(error)).toContain("received unsuccessful response from orderer: status=FORBIDDEN");
  });

  it("refuses a status request with a signature over something else", async () => {
    const endorsed = await endorse();
    const transaction = keyless.newSignedTransaction(endorsed.getBytes(), signed(endorsed.getDigest()));
    const submitted = await transaction.submit();
    const commit = keyless.newSignedCommit(submitted.getBytes(), signed(Buffer.from("else")));
    expect(await failureOf(commit.getStatus())).toMatchObject({ code: status.PERMISSION_DENIED });
  });

  it("refuses a signature whose S is in the upper half", async () => {
    const unsigned = contract().newProposal("ping");
    const proposal = keyless.newSignedProposal(unsigned.getBytes(), highS(signed(unsigned.getDigest())));
    expect(await failureOf(proposal.endorse())).toMatchObject({ code: status.ABORTED });
  });

  it("has the same id for the same nonce and creator", async () => {
    const unsigned = contract().newProposal("ping");
    const again = keyless.newProposal(unsigned.getBytes());
    expect(again.getTransactionId()).toBe(unsigned.getTransactionId());
  });

  async function endorse() {
    const unsigned = contract().newProposal("put", { arguments: [freshKey("offline"), "value"] });
    return keyless.newSignedProposal(unsigned.getBytes(), signed(unsigned.getDigest())).endorse();
  }
});

/** The other form of a signature, n - S, as valid for ECDSA itself. */
function highS(der: Uint8Array): Uint8Array {
  const n = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  const rEnd = 4 + (der[3] ?? 0);
  const s = BigInt(`0x${Buffer.from(der.subarray(rEnd + 2)).toString("hex")}`);
  const hex = (n - s).toString(16).padStart(64, "0");
  const flipped = Buffer.concat([Buffer.from([0x02, 33, 0]), Buffer.from(hex, "hex")]);
  const body = Buffer.concat([der.subarray(2, rEnd), flipped]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
