import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { status } from "@grpc/grpc-js";
import {
  type ChaincodeEvent,
  type Checkpoint,
  type CloseableAsyncIterable,
  checkpointers,
  StatusCode,
} from "@hyperledger/fabric-gateway";
import { common, orderer } from "@hyperledger/fabric-protos";
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

/** Submits an event and tells where it went. */
async function emit(name: string, payload = "payload") {
  const submitted = await session.contract.submitAsync("emit", { arguments: [name, payload] });
  const { blockNumber, transactionId } = await submitted.getStatus();
  return { blockNumber, transactionId };
}

async function take<T>(events: CloseableAsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  try {
    for await (const event of events) if (taken.push(event) === count) break;
  } finally {
    events.close();
  }
  return taken;
}

const chaincodeEvents = (options?: { startBlock?: bigint; checkpoint?: Checkpoint }) =>
  session.network.getChaincodeEvents(target.connection.chaincode, options);

const names = (events: readonly ChaincodeEvent[]) => events.map(({ eventName }) => eventName);

describe("chaincode events", () => {
  it("arrive as they are committed", async () => {
    const events = await chaincodeEvents();
    // The stream begins when the ledger has read the request.
    const reading = take(events, 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const name = freshKey("live");
    const sent = await emit(name, "hello");
    const [event] = await reading;
    expect(event).toMatchObject({
      chaincodeName: target.connection.chaincode,
      eventName: name,
      blockNumber: sent.blockNumber,
      transactionId: sent.transactionId,
    });
    expect(textOf(event?.payload ?? new Uint8Array())).toBe("hello");
  });

  it("are replayed from a block", async () => {
    const [one, two] = [freshKey("one"), freshKey("two")];
    const { blockNumber } = await emit(one);
    await emit(two);
    expect(names(await take(await chaincodeEvents({ startBlock: blockNumber }), 2))).toEqual([one, two]);
  });

  it("go on after a checkpoint in memory", async () => {
    const sent = [freshKey("a"), freshKey("b"), freshKey("c")];
    const [first = { blockNumber: 0n, transactionId: "" }] = [await emit(sent[0] ?? "")];
    for (const name of sent.slice(1)) await emit(name);
    const checkpoint = checkpointers.inMemory();
    await checkpoint.checkpointTransaction(first.blockNumber, first.transactionId);
    const [second] = await take(await chaincodeEvents({ checkpoint }), 1);
    expect(second?.eventName).toBe(sent[1]);
    if (second) await checkpoint.checkpointChaincodeEvent(second);
    expect(names(await take(await chaincodeEvents({ checkpoint }), 1))).toEqual([sent[2]]);
  });

  it("go on after a checkpoint in a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cocity-checkpoint-"));
    const file = join(folder, "checkpoint.json");
    try {
      const sent = [freshKey("a"), freshKey("b")];
      const first = await emit(sent[0] ?? "");
      await emit(sent[1] ?? "");
      const checkpoint = await checkpointers.file(file);
      await checkpoint.checkpointTransaction(first.blockNumber, first.transactionId);
      expect(await readFile(file, "utf8")).toContain(first.transactionId);
      const reopened = await checkpointers.file(file);
      expect(names(await take(await chaincodeEvents({ checkpoint: reopened }), 1))).toEqual([sent[1]]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("go on within a block with several", async () => {
    const prefix = freshKey("same");
    const sent = await Promise.all(Array.from({ length: 30 }, (_, index) => emit(`${prefix}-${index}`)));
    const startBlock = BigInt(Math.min(...sent.map(({ blockNumber }) => Number(blockNumber))));
    const all = await take(await chaincodeEvents({ startBlock }), sent.length);
    expect(new Set(names(all)).size).toBe(sent.length);
    const checkpoint = checkpointers.inMemory();
    const half = all[14];
    if (half) await checkpoint.checkpointChaincodeEvent(half);
    expect(names(await take(await chaincodeEvents({ checkpoint }), 15))).toEqual(names(all).slice(15));
  });

  it("are one a transaction, the last one set", async () => {
    const [first, last] = [freshKey("first"), freshKey("last")];
    const submitted = await session.contract.submitAsync("emitTwice", { arguments: [first, last] });
    const { blockNumber } = await submitted.getStatus();
    expect(names(await take(await chaincodeEvents({ startBlock: blockNumber }), 1))).toEqual([last]);
  });

  it("do not come from invalid transactions", async () => {
    const [lost, kept] = [freshKey("lost"), freshKey("kept")];
    const proposal = session.contract.newProposal("emit", {
      arguments: [lost, "payload"],
      endorsingOrganizations: ["CaseMSP"],
    });
    const { blockNumber, code } = await (await (await proposal.endorse()).submit()).getStatus();
    expect(code).toBe(StatusCode.ENDORSEMENT_POLICY_FAILURE);
    await emit(kept);
    expect(names(await take(await chaincodeEvents({ startBlock: blockNumber }), 1))).toEqual([kept]);
  });

  it("are those of the chaincode asked for", async () => {
    const { blockNumber } = await emit(freshKey("other"));
    const events = await session.network.getChaincodeEvents("absent", { startBlock: blockNumber });
    const iterator = events[Symbol.asyncIterator]();
    const next = iterator.next();
    const quiet = new Promise((resolve) => setTimeout(() => resolve("nothing"), 500));
    expect(await Promise.race([next, quiet])).toBe("nothing");
    events.close();
    expect(await failureOf(next)).toMatchObject({ code: status.CANCELLED });
  });
});

describe("block events", () => {
  it("give every block from the first, each once and in order", async () => {
    await emit(freshKey("block"));
    const blocks = await take(await session.network.getBlockEvents({ startBlock: 0n }), 3);
    expect(blocks.map((block) => block.getHeader()?.getNumber())).toEqual([0, 1, 2]);
    const [zero, one] = blocks;
    expect(zero?.getHeader()?.getPreviousHash_asU8()).toHaveLength(0);
    expect(one?.getHeader()?.getPreviousHash_asU8()).toHaveLength(32);
    for (const block of blocks) {
      const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
      const codes = metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
      expect(codes).toHaveLength(block.getData()?.getDataList().length ?? -1);
      expect(metadata[common.BlockMetadataIndex.SIGNATURES]?.length).toBeGreaterThan(0);
    }
  });

  it("go on after a checkpointed block", async () => {
    const { blockNumber } = await emit(freshKey("checkpointed"));
    await emit(freshKey("next"));
    const checkpoint = checkpointers.inMemory();
    await checkpoint.checkpointBlock(blockNumber);
    const [block] = await take(await session.network.getBlockEvents({ checkpoint }), 1);
    expect(BigInt(block?.getHeader()?.getNumber() ?? -1)).toBe(blockNumber + 1n);
  });

  it("tell ids, codes and events' names when filtered, no payload", async () => {
    const name = freshKey("filtered");
    const { blockNumber, transactionId } = await emit(name, "not told");
    const [block] = await take(await session.network.getFilteredBlockEvents({ startBlock: blockNumber }), 1);
    expect(block?.getChannelId()).toBe(target.connection.channel);
    expect(BigInt(block?.getNumber() ?? -1)).toBe(blockNumber);
    const told = block?.getFilteredTransactionsList().find((one) => one.getTxid() === transactionId);
    expect(told?.getTxValidationCode()).toBe(StatusCode.VALID);
    expect(told?.getType()).toBe(common.HeaderType.ENDORSER_TRANSACTION);
    const [action] = told?.getTransactionActions()?.getChaincodeActionsList() ?? [];
    expect(action?.getChaincodeEvent()?.getEventName()).toBe(name);
    expect(action?.getChaincodeEvent()?.getPayload_asU8()).toHaveLength(0);
  });

  it("are not for strangers to the channel", async () => {
    const elsewhere = session.gateway.getNetwork("elsewhere");
    const events = await elsewhere.getChaincodeEvents(target.connection.chaincode);
    expect(await failureOf(take(events, 1))).toMatchObject({ code: status.PERMISSION_DENIED });
  });

  it("end with a status when asked to fail rather than wait", async () => {
    const request = session.network.newBlockEventsRequest({ startBlock: 0n });
    const envelope = common.Envelope.deserializeBinary(request.getBytes());
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const seek = orderer.SeekInfo.deserializeBinary(payload.getData_asU8());
    const newest = new orderer.SeekPosition();
    newest.setNewest(new orderer.SeekNewest());
    seek.setStart(newest);
    seek.setBehavior(orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY);
    payload.setData(seek.serializeBinary());
    envelope.setPayload(payload.serializeBinary());
    const stream = await session.gateway.newBlockEventsRequest(envelope.serializeBinary()).getEvents();
    // The newest block, then NOT_FOUND, which the client turns into an error.
    const received: number[] = [];
    const error = await failureOf(
      (async () => {
        for await (const block of stream) received.push(block.getHeader()?.getNumber() ?? -1);
      })(),
    );
    expect(received).toHaveLength(1);
    expect(String(error)).toContain("404");
  });
});
