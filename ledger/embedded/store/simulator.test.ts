import { expect, test } from "vitest";
import { parseReadWriteSets } from "../../evidence/read-write-set";
import { SimulationError } from "./errors";
import { NAMESPACE, newLedger, put, simulate } from "./ledger-fixture";
import type { Ledger, ResultIterator, Simulator } from "./types";

const text = (value: Uint8Array | undefined) => value && Buffer.from(value).toString();

test("a transaction does not see its own writes, nor blocks after its beginning", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await put(ledger, "a", "1")]);
  await reading(ledger, async (simulator) => {
    simulator.putState(NAMESPACE, "a", Buffer.from("mine"));
    expect(text(await simulator.getState(NAMESPACE, "a"))).toBe("1");
    await ledger.commit([await put(ledger, "a", "2"), await put(ledger, "b", "2")]);
    expect(text(await simulator.getState(NAMESPACE, "a"))).toBe("1");
    expect(await simulator.getState(NAMESPACE, "b")).toBeUndefined();
    expect(simulator.height).toBe(2);
  });
});

test("ranges run in byte order; an empty start takes composite keys along, as Fabric's ledger does", async () => {
  const { ledger } = await newLedger();
  const keys = ["a", "é", "\uffee", "🌳", "\u0000type\u0000a\u0000"];
  await ledger.commit(await Promise.all(keys.map((key) => put(ledger, key, "1"))));
  await reading(ledger, async (simulator) => {
    expect(await keysOf(simulator.getStateByRange(NAMESPACE, "", ""))).toEqual([
      "\u0000type\u0000a\u0000",
      "a",
      "é",
      "\uffee",
      "🌳",
    ]);
    expect(await keysOf(simulator.getStateByRange(NAMESPACE, "\u0001", ""))).toEqual([
      "a",
      "é",
      "\uffee",
      "🌳",
    ]);
    expect(await keysOf(simulator.getStateByRange(NAMESPACE, "a", "é"))).toEqual(["a"]);
    expect(
      await keysOf(simulator.getStateByRange(NAMESPACE, "\u0000type\u0000", "\u0000type\u0000\u{10ffff}")),
    ).toEqual(["\u0000type\u0000a\u0000"]);
    expect(await keysOf(simulator.getStateByRange("cocit", "", ""))).toEqual([]);
  });
});

test("pages begin at the bookmark and the last has none", async () => {
  const { ledger } = await newLedger();
  await ledger.commit(await Promise.all(["k1", "k2", "k3", "k4", "l"].map((key) => put(ledger, key, "1"))));
  await reading(ledger, async (simulator) => {
    const page = (bookmark: string, size = 2) =>
      simulator.getStateByRangePage(NAMESPACE, "k", "l", size, bookmark);
    const first = await page("");
    expect([first.results.map(({ key }) => key), first.bookmark]).toEqual([["k1", "k2"], "k3"]);
    const second = await page(first.bookmark);
    expect([second.results.map(({ key }) => key), second.bookmark]).toEqual([["k3", "k4"], ""]);
    expect((await page("", 9)).results.length).toBe(4);
    expect(() => simulator.putState(NAMESPACE, "k", Buffer.from("v"))).toThrow(
      "txid [reading]: unsuppored transaction. Transaction has already performed a paginated query. Writes are not allowed",
    );
  });
  await reading(ledger, async (simulator) => {
    simulator.putState(NAMESPACE, "k", Buffer.from("v"));
    await expect(simulator.getStateByRangePage(NAMESPACE, "k", "l", 2, "")).rejects.toThrow(
      "txid [reading]: unsuppored transaction. Paginated queries are supported only in a read-only transaction",
    );
  });
});

test("history is newest first, with deletions, and without what was invalid", async () => {
  const { ledger } = await newLedger();
  const one = await simulate(ledger, (simulator) => simulator.putState(NAMESPACE, "a", Buffer.from("1")), {
    seconds: 1_750_000_000,
    nanos: 5,
  });
  await ledger.commit([one, { ...(await put(ledger, "a", "refused")), code: 10 }]);
  const gone = await simulate(ledger, (simulator) => simulator.delState(NAMESPACE, "a"));
  const two = await put(ledger, "a", "2");
  await ledger.commit([gone, two, await put(ledger, "ab", "another key")]);
  await reading(ledger, async (simulator) => {
    const history = simulator.getHistory(NAMESPACE, "a");
    const entries = [await history.next(), await history.next(), await history.next(), await history.next()];
    expect(entries.map((entry) => entry && [entry.transactionId, text(entry.value), entry.isDelete])).toEqual(
      [
        [two.transaction.id, "2", false],
        [gone.transaction.id, "", true],
        [one.transaction.id, "1", false],
        undefined,
      ],
    );
    expect(entries[2]?.timestamp).toEqual({ seconds: 1_750_000_000, nanos: 5 });
    expect(parseReadWriteSets(simulator.result().publicSet)).toEqual([]);
  });
});

test("the set holds what was read and written, sorted by bytes, the last write of each key", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await put(ledger, "b", "1")]);
  await reading(ledger, async (simulator) => {
    for (const key of ["🌳", "b", "\uffee"]) await simulator.getState(NAMESPACE, key);
    simulator.putState(NAMESPACE, "z", Buffer.from("first"));
    simulator.putState(NAMESPACE, "a", Buffer.from("1"));
    simulator.putState(NAMESPACE, "z", Buffer.from("last"));
    simulator.putState("another", "k", Buffer.from("1"));
    const result = simulator.result();
    expect(result.isReadOnly).toBe(false);
    const sets = parseReadWriteSets(result.publicSet);
    expect(sets.map((set) => set.namespace)).toEqual(["another", NAMESPACE]);
    const [, set] = sets;
    expect(set?.reads.map(({ key, version }) => [key, version])).toEqual([
      ["b", { block: 1, transaction: 0 }],
      ["\uffee", undefined],
      ["🌳", undefined],
    ]);
    expect(set?.writes.map(({ key, value }) => [key, text(value)])).toEqual([
      ["a", "1"],
      ["z", "last"],
    ]);
    expect(() => simulator.result()).toThrow(SimulationError);
  });
});

test("a range holds what was taken: an early stop ends it at the last key", async () => {
  const { ledger } = await newLedger();
  await ledger.commit(await Promise.all(["k1", "k2", "k3"].map((key) => put(ledger, key, "1"))));
  await reading(ledger, async (simulator) => {
    const early = simulator.getStateByRange(NAMESPACE, "k", "l");
    await early.next();
    await keysOf(simulator.getStateByRange(NAMESPACE, "k2", "l"));
    const [set] = parseReadWriteSets(simulator.result().publicSet);
    expect(
      set?.rangeQueries.map(({ start, end, exhausted, reads }) => [start, end, exhausted, reads.length]),
    ).toEqual([
      ["k", "k1", false, 1],
      ["k2", "l", true, 2],
    ]);
  });
});

test("a long range is summarised and still guards against phantoms", async () => {
  const { ledger } = await newLedger();
  const keys = Array.from({ length: 120 }, (_, index) => `k${String(index).padStart(3, "0")}`);
  await ledger.commit(await Promise.all(keys.map((key) => put(ledger, key, "1"))));
  const scan = () =>
    simulate(ledger, async (simulator) => {
      await keysOf(simulator.getStateByRange(NAMESPACE, "k", "l"));
      simulator.putState(NAMESPACE, "seen", Buffer.from("1"));
    });
  const [calm, late] = [await scan(), await scan()];
  expect(calm.transaction.action?.readWriteSets[0]?.rangeQueries[0]?.merkle).toMatchObject({ maxDegree: 50 });
  const change = await put(ledger, "k077", "2");
  expect((await ledger.commit([calm, change, late])).codes).toEqual([0, 0, 12]);
});

test("key-level policies are asked in block order, with those an earlier transaction changes marked", async () => {
  const { ledger } = await newLedger();
  const policy = [{ name: "VALIDATION_PARAMETER", value: Buffer.from("policy") }];
  const set = await simulate(ledger, (simulator) => {
    simulator.putState(NAMESPACE, "a", Buffer.from("1"));
    simulator.setStateMetadata(NAMESPACE, "a", policy);
  });
  await ledger.commit([set]);
  const asked: unknown[] = [];
  const checked = (transaction: Awaited<ReturnType<typeof put>>, code: number) => ({
    ...transaction,
    checkKeyPolicies: (keys: readonly { key: string; parameter?: Uint8Array; changedInBlock: boolean }[]) => {
      asked.push(...keys.map((key) => [key.key, text(key.parameter), key.changedInBlock]));
      return code;
    },
  });
  const again = await simulate(ledger, (simulator) => simulator.setStateMetadata(NAMESPACE, "a", policy));
  const { codes } = await ledger.commit([
    checked(await put(ledger, "a", "2"), 0),
    checked(again, 0),
    checked(await put(ledger, "a", "3"), 10),
    checked(await put(ledger, "b", "1"), 0),
  ]);
  expect(codes).toEqual([0, 0, 10, 0]);
  expect(asked).toEqual([
    ["a", "policy", false],
    ["a", "policy", false],
    ["a", "policy", true],
    ["b", undefined, false],
  ]);
});

async function reading(ledger: Ledger, work: (simulator: Simulator) => Promise<void>): Promise<void> {
  const simulator = ledger.simulator("reading");
  try {
    await work(simulator);
  } finally {
    await simulator.close();
  }
}

async function keysOf(iterator: ResultIterator<{ key: string }>): Promise<string[]> {
  const keys: string[] = [];
  for (let next = await iterator.next(); next; next = await iterator.next()) keys.push(next.key);
  return keys;
}
