import { randomBytes } from "node:crypto";
import { status } from "@grpc/grpc-js";
import { common, gateway as messages, peer } from "@hyperledger/fabric-protos";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseBlock } from "@/ledger/evidence/block";
import { failureOf, freshKey, openTarget, type Session, type Target, textOf } from "./target";
import { Wire } from "./wire";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { VALID, BAD_COMMON_HEADER, INVALID_ENDORSER_TRANSACTION } = peer.TxValidationCode;

/** Field 1, and 4 GiB of it announced. */
const lie = Buffer.from("0affffffff0f", "hex");

let target: Target;
let session: Session;
let wire: Wire;

beforeAll(async () => {
  target = await openTarget();
  const person = await target.person();
  session = await target.session(person);
  wire = new Wire(target.connection, person);
});
afterAll(async () => {
  wire?.close();
  await target?.close();
});

describe("a request whose lengths are lies", () => {
  it.each(["Evaluate", "Endorse", "Submit", "CommitStatus"])("is refused by %s", async (method) => {
    expect(await failureOf(wire.unary(`/gateway.Gateway/${method}`, lie))).toMatchObject({
      code: status.INTERNAL,
    });
  });

  it("is refused where it stands within a request", async () => {
    const proposal = new peer.SignedProposal();
    proposal.setProposalBytes(lie);
    const request = new messages.EvaluateRequest();
    request.setProposedTransaction(proposal);
    const bytes = request.serializeBinary();
    for (const method of ["Evaluate", "Endorse"])
      expect(await failureOf(wire.unary(`/gateway.Gateway/${method}`, bytes))).toMatchObject({
        code: status.INVALID_ARGUMENT,
      });
  });

  it("is refused where it is signed", async () => {
    const bytes = wire.signedRequest(lie);
    for (const method of ["CommitStatus", "ChaincodeEvents"])
      expect(await failureOf(wire.unary(`/gateway.Gateway/${method}`, bytes))).toMatchObject({
        code: status.INVALID_ARGUMENT,
      });
  });

  it("ends a stream of blocks", async () => {
    const stream = wire.bidirectional("/protos.Deliver/Deliver");
    const ended = new Promise<{ code?: number }>((resolve) => stream.once("error", resolve));
    stream.on("data", () => undefined);
    stream.write(lie);
    expect(await ended).toMatchObject({ code: status.INTERNAL });
  });
});

describe("a transaction changed after its endorsement", () => {
  const submit = (change: Parameters<Wire["submitChanged"]>[1]) =>
    wire.submitChanged(session, change, "put", freshKey("changed"), "value");

  it("is valid when nothing was", async () => {
    expect(await submit(() => undefined)).toBe(VALID);
  });

  it("must have the header that was endorsed in its action", async () => {
    expect(await submit(({ action }) => action.setHeader(""))).toBe(INVALID_ENDORSER_TRANSACTION);
    const withNonce = (nonce: Uint8Array) =>
      submit(({ action }) => {
        const header = common.SignatureHeader.deserializeBinary(action.getHeader_asU8());
        header.setNonce(nonce);
        action.setHeader(header.serializeBinary());
      });
    expect(await withNonce(randomBytes(24))).toBe(INVALID_ENDORSER_TRANSACTION);
    expect(await withNonce(new Uint8Array())).toBe(INVALID_ENDORSER_TRANSACTION);
  });

  it("must have an epoch of zero", async () => {
    expect(await submit(({ channelHeader }) => channelHeader.setEpoch(1))).toBe(BAD_COMMON_HEADER);
  });

  it("must have the channel header that was endorsed", async () => {
    expect(await submit(({ channelHeader }) => channelHeader.setVersion(7))).toBe(
      INVALID_ENDORSER_TRANSACTION,
    );
  });

  it("must be one that can be read, and everybody goes on reading its block", async () => {
    for (const bytes of [lie, Buffer.from("12060affffffff0f", "hex"), randomBytes(100)]) {
      const code = await submit((parts) => {
        parts.actionPayloadBytes = bytes;
      });
      expect(code).toBe(INVALID_ENDORSER_TRANSACTION);
    }
    const height = await session.height();
    const block = await session.network
      .getContract("qscc")
      .evaluateTransaction("GetBlockByNumber", target.connection.channel, String(height - 1));
    const last = parseBlock(block).transactions.at(-1);
    expect(last).toMatchObject({ code: INVALID_ENDORSER_TRANSACTION });
    expect(last?.action).toBeUndefined();
  });

  it("must have an endorsed action, without which no peer may stop", async () => {
    expect(await submit(({ actionPayload }) => actionPayload.clearAction())).toBe(
      INVALID_ENDORSER_TRANSACTION,
    );
    expect(textOf(await session.contract.evaluateTransaction("get", freshKey("after")))).toBe("");
  });

  it("must have an action, also where others of its block are looked at beside it", async () => {
    const both = Array.from({ length: 6 }, () => [
      submit(({ transaction }) => transaction.clearActionsList()),
      submit(() => undefined),
    ]);
    const codes = await Promise.all(both.flat());
    expect(codes).toEqual(both.flatMap(() => [INVALID_ENDORSER_TRANSACTION, VALID]));
  });

  it("may have endorsers that are nobody, and is judged by the others", async () => {
    const code = await submit(({ actionPayload }) => {
      for (const endorser of [randomBytes(50), wire.identity(), lie]) {
        const endorsement = new peer.Endorsement();
        endorsement.setEndorser(endorser);
        endorsement.setSignature(randomBytes(70));
        actionPayload.getAction()?.addEndorsements(endorsement);
      }
    });
    expect(code).toBe(VALID);
  });
});

describe("a proposal", () => {
  it("that names another chaincode in its invocation than in its header finds no peers", async () => {
    const proposed = session.contract.newProposal("get", { arguments: ["key"] });
    const signed = messages.ProposedTransaction.deserializeBinary(proposed.getBytes()).getProposal();
    const proposal = peer.Proposal.deserializeBinary(signed?.getProposalBytes_asU8() ?? new Uint8Array());
    const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8());
    const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
    const other = new peer.ChaincodeID();
    other.setName("another");
    invocation.getChaincodeSpec()?.setChaincodeId(other);
    payload.setInput(invocation.serializeBinary());
    proposal.setPayload(payload.serializeBinary());
    const bytes = proposal.serializeBinary();
    const resigned = new peer.SignedProposal();
    resigned.setProposalBytes(bytes);
    resigned.setSignature(wire.sign(bytes));
    const request = new messages.EvaluateRequest();
    request.setChannelId(target.connection.channel);
    request.setProposedTransaction(resigned);
    expect(await failureOf(wire.unary("/gateway.Gateway/Evaluate", request.serializeBinary()))).toMatchObject(
      { code: status.FAILED_PRECONDITION },
    );
  });
});
