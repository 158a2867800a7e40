import { createHash } from "node:crypto";
import { status } from "@grpc/grpc-js";
import type { GatewayError } from "@hyperledger/fabric-gateway";
import { common, peer } from "@hyperledger/fabric-protos";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseBlock } from "@/ledger/evidence/block";
import { failureOf, freshKey, openTarget, type Session, type Target } from "./target";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let target: Target;
let session: Session;

beforeAll(async () => {
  target = await openTarget();
  session = await target.session(await target.person("garanti"));
});
afterAll(() => target?.close());

const query = (name: string, ...args: (string | Uint8Array)[]) =>
  session.network.getContract("qscc").evaluateTransaction(name, target.connection.channel, ...args);

async function sent() {
  const submitted = await session.contract.submitAsync("put", { arguments: [freshKey("key"), "value"] });
  return submitted.getStatus();
}

const messageOf = async (promise: Promise<unknown>) => {
  const error = (await failureOf(promise)) as GatewayError;
  expect(error.code).toBe(status.UNKNOWN);
  return error.details[0]?.message;
};

describe("the query chaincode", () => {
  it("tells the chain's height and last hashes", async () => {
    const { blockNumber } = await sent();
    const info = common.BlockchainInfo.deserializeBinary(await query("GetChainInfo"));
    expect(BigInt(info.getHeight())).toBe(blockNumber + 1n);
    const last = parseBlock(await query("GetBlockByNumber", String(blockNumber)));
    expect(Buffer.from(info.getCurrentblockhash_asU8())).toEqual(Buffer.from(last.hash));
    expect(Buffer.from(info.getPreviousblockhash_asU8())).toEqual(Buffer.from(last.previousHash));
  });

  it("gives blocks by number, by hash and by transaction", async () => {
    const { blockNumber, transactionId } = await sent();
    const bytes = await query("GetBlockByNumber", String(blockNumber));
    const block = parseBlock(bytes);
    expect(BigInt(block.number)).toBe(blockNumber);
    expect(await query("GetBlockByHash", block.hash)).toEqual(bytes);
    expect(await query("GetBlockByTxID", transactionId)).toEqual(bytes);
    expect(block.transactions.map(({ id }) => id)).toContain(transactionId);
  });

  it("gives the newest block for the largest number", async () => {
    const { blockNumber } = await sent();
    const block = parseBlock(await query("GetBlockByNumber", "18446744073709551615"));
    expect(BigInt(block.number)).toBe(blockNumber);
  });

  it("gives blocks that hang together", async () => {
    await sent();
    const [first, second] = [await query("GetBlockByNumber", "0"), await query("GetBlockByNumber", "1")].map(
      (bytes) => parseBlock(bytes),
    );
    expect(Buffer.from(second?.previousHash ?? [])).toEqual(Buffer.from(first?.hash ?? []));
    const data = common.Block.deserializeBinary(await query("GetBlockByNumber", "1")).getData();
    const hash = createHash("sha256")
      .update(Buffer.concat(data?.getDataList_asU8() ?? []))
      .digest();
    expect(Buffer.from(second?.dataHash ?? [])).toEqual(hash);
  });

  it("gives a transaction with its code", async () => {
    const { transactionId } = await sent();
    const found = peer.ProcessedTransaction.deserializeBinary(
      await query("GetTransactionByID", transactionId),
    );
    expect(found.getValidationcode()).toBe(peer.TxValidationCode.VALID);
    const envelope = found.getTransactionenvelope();
    const payload = common.Payload.deserializeBinary(envelope?.getPayload_asU8() ?? new Uint8Array());
    const header = common.ChannelHeader.deserializeBinary(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
    );
    expect(header.getTxId()).toBe(transactionId);
  });

  it("gives the code of an invalid transaction too", async () => {
    const submitted = await session.contract.submitAsync("put", {
      arguments: [freshKey("invalid"), "value"],
      endorsingOrganizations: ["GarantiMSP"],
    });
    await submitted.getStatus();
    const found = peer.ProcessedTransaction.deserializeBinary(
      await query("GetTransactionByID", submitted.getTransactionId()),
    );
    expect(found.getValidationcode()).toBe(peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
  });

  it("says what is not there", async () => {
    const id = "0".repeat(64);
    expect(await messageOf(query("GetTransactionByID", id))).toBe(
      `chaincode response 500, Failed to get transaction with id ${id}, error no such transaction ID [${id}] in index`,
    );
    expect(await messageOf(query("GetBlockByTxID", id))).toBe(
      `chaincode response 500, Failed to get block for txID ${id}, error no such transaction ID [${id}] in index`,
    );
    expect(await messageOf(query("GetBlockByNumber", "999999"))).toBe(
      "chaincode response 500, Failed to get block number 999999, error no such block number [999999] in index",
    );
    expect(await messageOf(query("GetBlockByHash", Buffer.alloc(32, 7)))).toContain("no such block hash");
  });

  it("says what it does not understand", async () => {
    expect(await messageOf(query("GetBlockByNumber", "one"))).toContain("Failed to parse block number");
    expect(await messageOf(query("GetEverything", "1"))).toBe(
      `chaincode response 500, access denied for [GetEverything][${target.connection.channel}]: [Unmapped policy for qscc/GetEverything]`,
    );
    expect(await messageOf(query("GetBlockByNumber"))).toBe(
      "chaincode response 500, missing 3rd argument for GetBlockByNumber",
    );
  });
});
