import { status } from "@grpc/grpc-js";
import {
  CommitError,
  CommitStatusError,
  EndorseError,
  GatewayError,
  StatusCode,
} from "@hyperledger/fabric-gateway";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { failureOf, freshKey, openTarget, type Session, type Target, textOf } from "./target";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let target: Target;
let session: Session;

beforeAll(async () => {
  target = await openTarget();
  session = await target.session();
});
afterAll(() => target?.close());

describe("submitting and evaluating", () => {
  it("reads what was submitted", async () => {
    const key = freshKey("simple");
    await session.contract.submitTransaction("put", key, "first");
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("first");
  });

  it("answers with the function's result and a valid status in a block", async () => {
    const key = freshKey("count");
    await session.contract.submitTransaction("increment", key);
    const submitted = await session.contract.submitAsync("increment", { arguments: [key] });
    expect(textOf(submitted.getResult())).toBe("2");
    const found = await submitted.getStatus();
    expect(found).toMatchObject({ code: StatusCode.VALID, successful: true });
    expect(found.transactionId).toBe(submitted.getTransactionId());
    expect(found.blockNumber).toBeGreaterThan(0n);
  });

  it("writes nothing when evaluating", async () => {
    const key = freshKey("evaluated");
    await session.contract.evaluateTransaction("put", key, "value");
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("");
  });

  it("does not show a transaction its own writes", async () => {
    const key = freshKey("own");
    const result = await session.contract.submitTransaction("writeThenRead", key, "after");
    expect(textOf(result)).toBe("");
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("after");
  });

  it("forgets deleted keys", async () => {
    const key = freshKey("deleted");
    await session.contract.submitTransaction("put", key, "value");
    await session.contract.submitTransaction("remove", key);
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("");
  });

  it("carries values of a megabyte", async () => {
    const key = freshKey("large");
    const value = "à".repeat(500_000);
    await session.contract.submitTransaction("put", key, value);
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe(value);
  });

  it("commits many at once, each exactly once", async () => {
    const prefix = freshKey("many");
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        session.contract.submitTransaction("put", `${prefix}-${index}`, String(index)),
      ),
    );
    const range = await session.contract.evaluateTransaction("range", `${prefix}-`, `${prefix}.`);
    expect(JSON.parse(textOf(range))).toHaveLength(60);
  });

  it("tells the chaincode who sends, on which channel and when", async () => {
    const role = "officer";
    const other = await target.session(await target.person("case", role));
    const proposal = other.contract.newProposal("whoAmI");
    const told = JSON.parse(textOf(await proposal.evaluate()));
    expect(told).toMatchObject({
      mspId: "CaseMSP",
      role,
      municipality: "001272",
      channel: target.connection.channel,
      transactionId: proposal.getTransactionId(),
    });
    expect(Math.abs(told.seconds - Date.now() / 1000)).toBeLessThan(60);
  });

  it("serves members of every organisation", async () => {
    for (const name of ["comune", "case", "garanti"] as const) {
      const member = await target.session(await target.person(name));
      const key = freshKey(name);
      await member.contract.submitTransaction("put", key, name);
      // Another organisation's peer may be a block behind the one that said it is committed.
      await vi.waitFor(
        async () => expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe(name),
        { timeout: 20_000, interval: 200 },
      );
    }
  });
});

describe("errors of the chaincode", () => {
  it("fails an endorsement with what the chaincode said", async () => {
    const error = await failureOf(session.contract.submitTransaction("fail", "not today"));
    expect(error).toBeInstanceOf(EndorseError);
    expect(error).toMatchObject({
      code: status.ABORTED,
      message: "10 ABORTED: failed to endorse transaction, see attached details for more info",
      details: [{ mspId: "ComuneMSP", message: "chaincode response 500, not today" }],
    });
    expect((error as EndorseError).transactionId).toMatch(/^[0-9a-f]{64}$/);
  });

  it("fails an evaluation with what the chaincode said", async () => {
    const error = await failureOf(session.contract.evaluateTransaction("fail", "not today"));
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({
      code: status.UNKNOWN,
      message: "2 UNKNOWN: evaluate call to endorser returned error: chaincode response 500, not today",
      details: [{ mspId: "ComuneMSP", message: "chaincode response 500, not today" }],
    });
  });

  it("names a function that is not there", async () => {
    const error = (await failureOf(session.contract.submitTransaction("nothing"))) as EndorseError;
    expect(error.details[0]?.message).toContain("nothing");
  });

  it("refuses queries that LevelDB cannot answer", async () => {
    const error = (await failureOf(session.contract.evaluateTransaction("richQuery"))) as GatewayError;
    expect(error.details[0]?.message).toContain("ExecuteQuery not supported for leveldb");
  });

  it("refuses to call a chaincode that is not there", async () => {
    const error = (await failureOf(
      session.contract.evaluateTransaction("callOther", "absent"),
    )) as GatewayError;
    expect(error.details[0]?.message).toContain("INVOKE_CHAINCODE failed");
    expect(error.details[0]?.message).toContain("chaincode absent not found");
  });
});

describe("where a transaction may go", () => {
  it("refuses another channel", async () => {
    const contract = session.gateway.getNetwork("elsewhere").getContract(target.connection.chaincode);
    expect(await failureOf(contract.submitTransaction("ping"))).toMatchObject({
      code: status.FAILED_PRECONDITION,
    });
    expect(await failureOf(contract.evaluateTransaction("ping"))).toMatchObject({
      code: status.UNAVAILABLE,
    });
  });

  it("refuses another chaincode", async () => {
    const contract = session.network.getContract("absent");
    expect(await failureOf(contract.submitTransaction("ping"))).toMatchObject({
      code: status.FAILED_PRECONDITION,
    });
    expect(await failureOf(contract.evaluateTransaction("ping"))).toMatchObject({
      code: status.FAILED_PRECONDITION,
    });
  });

  it("commits with the endorsements of two organisations", async () => {
    const key = freshKey("two");
    await session.contract.submit("put", {
      arguments: [key, "value"],
      endorsingOrganizations: ["CaseMSP", "GarantiMSP"],
    });
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("value");
  });

  it("invalidates a transaction that one organisation endorsed", async () => {
    const key = freshKey("one");
    const error = await failureOf(
      session.contract.submit("put", { arguments: [key, "value"], endorsingOrganizations: ["CaseMSP"] }),
    );
    expect(error).toBeInstanceOf(CommitError);
    expect(error).toMatchObject({ code: StatusCode.ENDORSEMENT_POLICY_FAILURE });
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("");
  });

  it("knows no endorsers of an unknown organisation", async () => {
    const error = await failureOf(session.contract.submit("ping", { endorsingOrganizations: ["NobodyMSP"] }));
    expect(error).toMatchObject({ code: status.UNAVAILABLE });
    expect((error as Error).message).toContain("failed to find any endorsing peers for org(s): NobodyMSP");
  });
});

describe("deadlines", () => {
  it("ends an evaluation that takes too long", async () => {
    const proposal = session.contract.newProposal("sleep", { arguments: ["2000"] });
    expect(await failureOf(proposal.evaluate({ deadline: Date.now() + 300 }))).toMatchObject({
      code: status.DEADLINE_EXCEEDED,
    });
  });

  it("ends the wait for a transaction that nobody submitted", async () => {
    const unsent = session.contract.newProposal("put", { arguments: [freshKey("unsent"), "value"] });
    const sent = await session.contract.submitAsync("put", { arguments: [freshKey("sent"), "value"] });
    // A status request for the first, in the form of one for the second.
    const { gateway: messages } = await import("@hyperledger/fabric-protos");
    const signed = messages.SignedCommitStatusRequest.deserializeBinary(sent.getBytes());
    const request = messages.CommitStatusRequest.deserializeBinary(signed.getRequest_asU8());
    request.setTransactionId(unsent.getTransactionId());
    signed.setRequest(request.serializeBinary());
    signed.setSignature("");
    const commit = session.gateway.newCommit(signed.serializeBinary());
    const error = await failureOf(commit.getStatus({ deadline: Date.now() + 500 }));
    expect(error).toBeInstanceOf(CommitStatusError);
    expect(error).toMatchObject({
      code: status.DEADLINE_EXCEEDED,
      transactionId: unsent.getTransactionId(),
    });
    expect((await sent.getStatus()).successful).toBe(true);
  });
});
