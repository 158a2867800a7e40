import { CommitError, StatusCode } from "@hyperledger/fabric-gateway";
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

const endorse = (name: string, ...args: string[]) =>
  session.contract.newProposal(name, { arguments: args }).endorse();

const get = async (key: string) => textOf(await session.contract.evaluateTransaction("get", key));

describe("transactions that read what changed", () => {
  it("invalidates the second of two that read and wrote one key", async () => {
    const key = freshKey("mvcc");
    const [first, second] = [await endorse("increment", key), await endorse("increment", key)];
    expect((await (await first.submit()).getStatus()).code).toBe(StatusCode.VALID);
    const late = await (await second.submit()).getStatus();
    expect(late).toMatchObject({ code: StatusCode.MVCC_READ_CONFLICT, successful: false });
    expect(await get(key)).toBe("1");
  });

  it("tells the submitter with the code", async () => {
    const key = freshKey("race");
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => session.contract.submitTransaction("increment", key)),
    );
    const refused = results.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    for (const error of refused) {
      expect(error).toBeInstanceOf(CommitError);
      expect(error).toMatchObject({ code: StatusCode.MVCC_READ_CONFLICT });
    }
    expect(await get(key)).toBe(String(results.length - refused.length));
  });

  it("invalidates the read of a key that was absent and is there now", async () => {
    const key = freshKey("absent");
    const late = await endorse("increment", key);
    await session.contract.submitTransaction("put", key, "10");
    expect((await (await late.submit()).getStatus()).code).toBe(StatusCode.MVCC_READ_CONFLICT);
    expect(await get(key)).toBe("10");
  });

  it("invalidates the read of a key that was deleted since", async () => {
    const key = freshKey("gone");
    await session.contract.submitTransaction("put", key, "1");
    const late = await endorse("increment", key);
    await session.contract.submitTransaction("remove", key);
    expect((await (await late.submit()).getStatus()).code).toBe(StatusCode.MVCC_READ_CONFLICT);
    expect(await get(key)).toBe("");
  });

  it("lets writes without reads pass, the last one standing", async () => {
    const key = freshKey("blind");
    const [first, second] = [await endorse("put", key, "first"), await endorse("put", key, "second")];
    expect((await (await first.submit()).getStatus()).successful).toBe(true);
    expect((await (await second.submit()).getStatus()).successful).toBe(true);
    expect(await get(key)).toBe("second");
  });
});

describe("phantoms", () => {
  it("invalidates a scan that would now find one more", async () => {
    const prefix = freshKey("phantom");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "3");
    const late = await endorse("countInto", `${prefix}-`, `${prefix}.`, `${prefix}=count`);
    expect(textOf(late.getResult())).toBe("3");
    await session.contract.submitTransaction("put", `${prefix}-0001a`, "between");
    expect((await (await late.submit()).getStatus()).code).toBe(StatusCode.PHANTOM_READ_CONFLICT);
    expect(await get(`${prefix}=count`)).toBe("");
  });

  it("invalidates a scan that would now find one fewer", async () => {
    const prefix = freshKey("fewer");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "3");
    const late = await endorse("countInto", `${prefix}-`, `${prefix}.`, `${prefix}=count`);
    await session.contract.submitTransaction("remove", `${prefix}-0002`);
    expect((await (await late.submit()).getStatus()).code).toBe(StatusCode.PHANTOM_READ_CONFLICT);
  });

  it("invalidates a scan of many entries when one changed", async () => {
    const prefix = freshKey("long");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "250");
    const late = await endorse("countInto", `${prefix}-`, `${prefix}.`, `${prefix}=count`);
    expect(textOf(late.getResult())).toBe("250");
    await session.contract.submitTransaction("put", `${prefix}-0200`, "changed");
    expect((await (await late.submit()).getStatus()).code).toBe(StatusCode.PHANTOM_READ_CONFLICT);
  });

  it("accepts a scan of many entries when nothing changed", async () => {
    const prefix = freshKey("still");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "250");
    await session.contract.submitTransaction("countInto", `${prefix}-`, `${prefix}.`, `${prefix}=count`);
    expect(await get(`${prefix}=count`)).toBe("250");
  });

  it("holds a scan that was ended early to what the peer had read ahead", async () => {
    const prefix = freshKey("early");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "250");
    const args = [`${prefix}-`, `${prefix}.`] as const;
    const unaffected = await endorse("firstInto", ...args, `${prefix}=one`);
    await session.contract.submitTransaction("put", `${prefix}-0200`, "changed");
    expect((await (await unaffected.submit()).getStatus()).code).toBe(StatusCode.VALID);
    const affected = await endorse("firstInto", ...args, `${prefix}=two`);
    await session.contract.submitTransaction("put", `${prefix}-0050`, "changed");
    expect((await (await affected.submit()).getStatus()).code).toBe(StatusCode.PHANTOM_READ_CONFLICT);
  });

  it("accepts a scan when a key outside of it changed", async () => {
    const prefix = freshKey("outside");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "3");
    const scan = await endorse("countInto", `${prefix}-`, `${prefix}.`, `${prefix}=count`);
    await session.contract.submitTransaction("put", `${prefix}/0`, "outside");
    expect((await (await scan.submit()).getStatus()).successful).toBe(true);
  });
});

describe("the same transaction twice", () => {
  it("keeps the first and marks the second a duplicate", async () => {
    const key = freshKey("twice");
    const transaction = await endorse("increment", key);
    const first = await (await transaction.submit()).getStatus();
    expect(first.successful).toBe(true);
    const again = session.gateway.newTransaction(transaction.getBytes());
    await again.submit();
    const codes = await codesOf(transaction.getTransactionId(), first.blockNumber);
    expect(codes).toEqual([StatusCode.VALID, StatusCode.DUPLICATE_TXID]);
    expect(await get(key)).toBe("1");
  });

  it("still answers the first one's status", async () => {
    const transaction = await endorse("put", freshKey("status"), "value");
    const first = await (await transaction.submit()).getStatus();
    const again = await session.gateway.newTransaction(transaction.getBytes()).submit();
    expect(await again.getStatus()).toEqual(first);
  });

  it("endorses no proposal that is on the ledger already", async () => {
    const proposal = session.contract.newProposal("put", { arguments: [freshKey("known"), "value"] });
    const transaction = await proposal.endorse();
    await (await transaction.submit()).getStatus();
    const again = session.gateway.newProposal(proposal.getBytes());
    const error = await failureOf(again.endorse());
    expect(error).toMatchObject({
      details: [
        {
          message: expect.stringContaining(`duplicate transaction found [${proposal.getTransactionId()}]`),
        },
      ],
    });
  });

  /** Codes of a transaction in the order of blocks, waiting for two of them. */
  async function codesOf(transactionId: string, startBlock: bigint): Promise<number[]> {
    const blocks = await session.network.getFilteredBlockEvents({ startBlock });
    const codes: number[] = [];
    try {
      for await (const block of blocks) {
        for (const transaction of block.getFilteredTransactionsList())
          if (transaction.getTxid() === transactionId) codes.push(transaction.getTxValidationCode());
        if (codes.length === 2) break;
      }
    } finally {
      blocks.close();
    }
    return codes;
  }
});

describe("keys with a policy of their own", () => {
  it("tell whom they ask for", async () => {
    const key = freshKey("told");
    await session.contract.submitTransaction("put", key, "value");
    const told = async () =>
      JSON.parse(textOf(await session.contract.evaluateTransaction("endorsersOf", key)));
    expect(await told()).toEqual([]);
    await session.contract.submitTransaction("requireEndorser", key, "CaseMSP");
    expect(await told()).toEqual(["CaseMSP"]);
  });

  it("are written only with the endorsement they ask for", async () => {
    const key = freshKey("guarded");
    await session.contract.submitTransaction("put", key, "first");
    await session.contract.submitTransaction("requireEndorser", key, "GarantiMSP");
    const error = await failureOf(
      session.contract.submit("put", {
        arguments: [key, "second"],
        endorsingOrganizations: ["ComuneMSP", "CaseMSP"],
      }),
    );
    expect(error).toMatchObject({ code: StatusCode.ENDORSEMENT_POLICY_FAILURE });
    await session.contract.submit("put", {
      arguments: [key, "third"],
      endorsingOrganizations: ["CaseMSP", "GarantiMSP"],
    });
    expect(await get(key)).toBe("third");
    // The key's policy stands in for the chaincode's: its one organisation is enough.
    await session.contract.submit("put", {
      arguments: [key, "fourth"],
      endorsingOrganizations: ["GarantiMSP"],
    });
    expect(await get(key)).toBe("fourth");
  });
});
