import { readFile } from "node:fs/promises";
import { status } from "@grpc/grpc-js";
import { common, gateway as messages, orderer, peer } from "@hyperledger/fabric-protos";
import timestampMessages from "google-protobuf/google/protobuf/timestamp_pb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseBlock } from "@/ledger/evidence/block";
import { newPerson, openSession, organisationOf } from "@/tests/fabric/people";
import { type EmbeddedLedger, startEmbedded } from "./embedded";
import { failureOf, type Session } from "./target";
import { Wire } from "./wire";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let ledger: EmbeddedLedger;
let session: Session;
let wire: Wire;

beforeAll(async () => {
  ledger = await startEmbedded();
  const person = await newPerson(organisationOf(ledger.connection, "comune"), "officer");
  session = openSession(ledger.connection, person);
  wire = new Wire(ledger.connection, person);
});
afterAll(async () => {
  wire?.close();
  session?.close();
  await ledger?.stop();
});

async function residentMegabytes(): Promise<number> {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${ledger.pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Asks for the block that is not there yet, and so waits. */
function waitingSeek(padding = 0): Uint8Array {
  const next = new orderer.SeekPosition();
  next.setNextCommit(new orderer.SeekNextCommit());
  const info = new orderer.SeekInfo();
  info.setStart(next);
  info.setStop(next);
  const timestamp = new timestampMessages.Timestamp();
  timestamp.setSeconds(Math.floor(Date.now() / 1000));
  const channelHeader = new common.ChannelHeader();
  channelHeader.setChannelId(ledger.connection.channel);
  channelHeader.setTimestamp(timestamp);
  channelHeader.setExtension$(Buffer.alloc(padding));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(wire.identity());
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(info.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(wire.sign(envelope.getPayload_asU8()));
  return envelope.serializeBinary();
}

describe("limits", () => {
  it("a request larger than an envelope may be is refused before it is read", async () => {
    const before = await residentMegabytes();
    const error = await failureOf(wire.unary("/gateway.Gateway/Evaluate", Buffer.alloc(95_000_000)));
    expect(error).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect((await residentMegabytes()) - before).toBeLessThan(60);
  });

  it("requests behind a seek that waits stay with their sender", async () => {
    const before = await residentMegabytes();
    const stream = wire.bidirectional("/protos.Deliver/Deliver");
    stream.on("data", () => undefined);
    stream.on("error", () => undefined);
    stream.write(waitingSeek());
    const large = waitingSeek(60_000);
    // 240 MB, of which all would be taken if they were read as they come.
    const all = 4_000;
    let taken = 0;
    for (let sent = 0; sent < all; sent++) stream.write(large, () => taken++);
    // Until nothing more is taken while much else is answered.
    for (let seen = -1; seen !== taken; ) {
      seen = taken;
      for (let ping = 0; ping < 50; ping++) await session.contract.evaluateTransaction("ping");
    }
    expect(taken).toBeLessThan(all / 4);
    expect((await residentMegabytes()) - before).toBeLessThan(80);
    stream.cancel();
  });

  it("a seek request that is too long to be one ends its stream", async () => {
    const stream = wire.bidirectional("/protos.Deliver/Deliver");
    const ended = new Promise<{ code?: number }>((resolve) => stream.once("error", resolve));
    stream.on("data", () => undefined);
    stream.write(waitingSeek(70_000));
    expect(await ended).toMatchObject({ code: status.INTERNAL });
  });

  it("five hundred calls are answered at a time, and the next are told so", async () => {
    const request = new messages.CommitStatusRequest();
    request.setChannelId(ledger.connection.channel);
    request.setTransactionId("never");
    request.setIdentity(wire.identity());
    const bytes = wire.signedRequest(request.serializeBinary());
    const deadline = Date.now() + 4_000;
    const errors = await Promise.all(
      Array.from({ length: 700 }, () =>
        failureOf(wire.unary("/gateway.Gateway/CommitStatus", bytes, deadline)),
      ),
    );
    const codes = errors.map((error) => (error as { code: number }).code);
    const refused = errors.filter((error) => String(error).includes("exceeding concurrency limit (500)"));
    expect(refused).toHaveLength(200);
    expect(codes.filter((code) => code === status.DEADLINE_EXCEEDED)).toHaveLength(500);
    // Those that have gone leave their places.
    await session.contract.submitTransaction("put", "after", "all");
  });

  it("block 0 says what is taken", async () => {
    const bytes = await session.network
      .getContract("qscc")
      .evaluateTransaction("GetBlockByNumber", ledger.connection.channel, "0");
    const [configuration] = parseBlock(bytes).transactions;
    const payload = common.Payload.deserializeBinary(configuration?.payload ?? new Uint8Array());
    const group = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8())
      .getConfig()
      ?.getChannelGroup()
      ?.getGroupsMap()
      .get("Orderer");
    const size = orderer.BatchSize.deserializeBinary(
      group?.getValuesMap().get("BatchSize")?.getValue_asU8() ?? new Uint8Array(),
    );
    const most = size.getAbsoluteMaxBytes();
    const error = await failureOf(wire.submit(Buffer.alloc(most, 1)));
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(String(error)).toContain(`exceeds maximum allowed ${most} bytes`);
  });
});

it("a proposal that would hold up the chaincode's reader does not get there", async () => {
  const proposed = session.contract.newProposal("ping");
  const signed = messages.ProposedTransaction.deserializeBinary(proposed.getBytes()).getProposal();
  const proposal = peer.Proposal.deserializeBinary(signed?.getProposalBytes_asU8() ?? new Uint8Array());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  // The channel's id a second time, as a number: unknown to Go, four gigabytes of text to google-protobuf.
  header.setChannelHeader(
    Buffer.concat([header.getChannelHeader_asU8(), Buffer.from("20ffffffff0f", "hex")]),
  );
  proposal.setHeader(header.serializeBinary());
  const bytes = proposal.serializeBinary();
  const resigned = new peer.SignedProposal();
  resigned.setProposalBytes(bytes);
  resigned.setSignature(wire.sign(bytes));
  const request = new messages.EvaluateRequest();
  request.setChannelId(ledger.connection.channel);
  request.setProposedTransaction(resigned);
  expect(await failureOf(wire.unary("/gateway.Gateway/Evaluate", request.serializeBinary()))).toMatchObject({
    code: status.INVALID_ARGUMENT,
  });
});
