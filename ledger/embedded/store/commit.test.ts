import { expect, test } from "vitest";
import { parseBlock } from "../../evidence/block";
import { checkChain } from "../../evidence/chain";
import { validationCodes } from "../../evidence/codes";
import { NAMESPACE, newLedger, open, put, readText, simulate } from "./ledger-fixture";

const { VALID, DUPLICATE_TXID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE } =
  validationCodes;

test("a committed block chains, carries its codes and is found by number, hash and transaction", async () => {
  const { ledger } = await newLedger();
  const first = await put(ledger, "a", "1");
  const committed = await ledger.commit([first, await put(ledger, "b", "2")]);
  expect(committed.codes).toEqual([VALID, VALID]);
  expect(ledger.height).toBe(2);
  expect(ledger.lastHash).toEqual(committed.hash);
  expect((await ledger.blockByHash(committed.hash))?.number).toBe(1);
  const found = await ledger.transaction(first.transaction.id);
  expect(found).toMatchObject({ block: 1, index: 0, code: VALID });
  expect(Buffer.from(found?.envelope ?? []).equals(first.transaction.envelope)).toBe(true);
  const bytes: Uint8Array[] = [];
  for await (const block of ledger.blocks(0)) bytes.push(block.bytes);
  const end = await checkChain(bytes);
  expect(end.hash).toEqual(committed.hash);
  const block = parseBlock(committed.bytes);
  expect(block.commitHash?.length).toBe(32);
  expect(block.transactions.map((each) => each.action?.writes[0]?.key)).toEqual(["a", "b"]);
});

test("state survives closing and opening", async () => {
  const { dir, ledger } = await newLedger();
  await ledger.commit([await put(ledger, "a", "1")]);
  const { lastHash } = ledger;
  await ledger.close();
  const again = await open(dir);
  expect(again.height).toBe(2);
  expect(again.lastHash).toEqual(lastHash);
  expect(again.recovery).toEqual({ droppedBytes: 0, replayedBlocks: 0 });
  expect(await readText(again, "a")).toBe("1");
});

test("the first of two transactions that read and write one key wins", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await put(ledger, "a", "1")]);
  const increase = (to: string) =>
    simulate(ledger, async (simulator) => {
      await simulator.getState(NAMESPACE, "a");
      simulator.putState(NAMESPACE, "a", Buffer.from(to));
    });
  const [two, three, late] = [await increase("2"), await increase("3"), await increase("4")];
  expect((await ledger.commit([two, three])).codes).toEqual([VALID, MVCC_READ_CONFLICT]);
  expect((await ledger.commit([late])).codes).toEqual([MVCC_READ_CONFLICT]);
  expect(await readText(ledger, "a")).toBe("2");
});

test("a key that appears in a scanned range is a phantom, also within the block", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await put(ledger, "k1", "1"), await put(ledger, "k3", "3")]);
  const scan = () =>
    simulate(ledger, async (simulator) => {
      const found = simulator.getStateByRange(NAMESPACE, "k", "l");
      while (await found.next());
      simulator.putState(NAMESPACE, "count", Buffer.from("2"));
    });
  const [before, within, after] = [await scan(), await scan(), await scan()];
  const intruder = await put(ledger, "k2", "2");
  expect((await ledger.commit([before, intruder, within])).codes).toEqual([
    VALID,
    VALID,
    PHANTOM_READ_CONFLICT,
  ]);
  expect((await ledger.commit([after])).codes).toEqual([PHANTOM_READ_CONFLICT]);
});

test("a transaction id is used once: the first by it is found, copies are duplicates", async () => {
  const { ledger } = await newLedger();
  const one = await put(ledger, "a", "1");
  expect((await ledger.commit([one, one])).codes).toEqual([VALID, DUPLICATE_TXID]);
  expect((await ledger.commit([one])).codes).toEqual([DUPLICATE_TXID]);
  expect(await ledger.locate(one.transaction.id)).toEqual({ block: 1, index: 0, code: VALID });
});

test("an id that failed its policy is used up for later blocks, not for the block itself", async () => {
  const { ledger } = await newLedger();
  const one = await put(ledger, "a", "1");
  const refused = { ...one, code: ENDORSEMENT_POLICY_FAILURE };
  expect((await ledger.commit([refused, one])).codes).toEqual([ENDORSEMENT_POLICY_FAILURE, VALID]);
  expect(await ledger.locate(one.transaction.id)).toMatchObject({ code: ENDORSEMENT_POLICY_FAILURE });
  expect((await ledger.commit([refused])).codes).toEqual([DUPLICATE_TXID]);
});

test("what is invalid changes nothing", async () => {
  const { ledger } = await newLedger();
  const one = await put(ledger, "a", "1");
  await ledger.commit([{ ...one, code: ENDORSEMENT_POLICY_FAILURE }]);
  expect(await readText(ledger, "a")).toBeUndefined();
});

test("a waiter wakes when the height it waits for is passed, and not before", async () => {
  const { ledger } = await newLedger();
  const woken: number[] = [];
  const first = ledger.nextHeight(1).then(() => woken.push(1));
  const second = ledger.nextHeight(2).then(() => woken.push(2));
  await ledger.commit([await put(ledger, "a", "1")]);
  await first;
  expect(woken).toEqual([1]);
  await ledger.commit([await put(ledger, "b", "1")]);
  await second;
  const aborted = new AbortController();
  const third = ledger.nextHeight(9, aborted.signal);
  aborted.abort(new Error("enough"));
  await expect(third).rejects.toThrow("enough");
});

test("verify passes on a sound ledger and counts it", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await put(ledger, "a", "1"), await put(ledger, "b", "1")]);
  const scan = await simulate(ledger, async (simulator) => {
    await simulator.getState(NAMESPACE, "a");
    simulator.putState(NAMESPACE, "a", Buffer.from("2"));
  });
  await ledger.commit([scan]);
  expect(await ledger.verify({})).toEqual({ blocks: 3, transactions: 4 });
});
