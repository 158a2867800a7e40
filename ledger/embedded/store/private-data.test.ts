import { randomBytes } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { validationCodes } from "../../evidence/codes";
import { sha256 } from "../../evidence/hash";
import { parsePrivateWrites } from "../../evidence/private-writes";
import { NAMESPACE, newLedger, open, simulate, temporaryFolder } from "./ledger-fixture";
import type { Ledger, Simulator } from "./types";

const { VALID, MVCC_READ_CONFLICT } = validationCodes;
const BANK = "bankAccounts";
// Random, so that LevelDB's compression leaves it as it is and a search of the files finds it wherever it is.
const IBAN = randomBytes(40).toString("base64url");
const KEPT = randomBytes(40).toString("base64url");

test("the value stays private, its hash is public and bound to it", async () => {
  const { ledger } = await newLedger();
  const { bytes } = await ledger.commit([await putPrivate(ledger, "payee", IBAN)]);
  expect(Buffer.from(bytes).includes(IBAN)).toBe(false);
  expect(await privateText(ledger, "payee")).toBe(IBAN);
  const hash = await withSimulator(ledger, (each) => each.getPrivateDataHash(NAMESPACE, BANK, "payee"));
  expect(Buffer.from(hash ?? [])).toEqual(Buffer.from(sha256(Buffer.from(IBAN))));
});

test("private write sets are given out by collection", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await putPrivate(ledger, "payee", IBAN)]);
  expect((await ledger.privateWrites(1, () => false)).size).toBe(0);
  const shown = (await ledger.privateWrites(1, (_, collection) => collection === BANK)).get(0);
  expect(parsePrivateWrites(shown ?? Buffer.alloc(0))).toMatchObject([
    { namespace: NAMESPACE, collection: BANK, writes: [{ key: "payee", isDelete: false }] },
  ]);
});

test("a private read is versioned like a public one", async () => {
  const { ledger } = await newLedger();
  const claim = () =>
    simulate(ledger, async (simulator) => {
      await simulator.getPrivateData(NAMESPACE, BANK, "payee");
      simulator.putPrivateData(NAMESPACE, BANK, "payee", Buffer.from("x"));
    });
  const batch = [await claim(), await claim()];
  expect((await ledger.commit(batch)).codes).toEqual([VALID, MVCC_READ_CONFLICT]);
});

test("a write set that does not match the public hash counts as missing", async () => {
  const { ledger } = await newLedger();
  const sent = await putPrivate(ledger, "payee", IBAN);
  const other = await putPrivate(ledger, "payee", "another account");
  const { codes } = await ledger.commit([
    { ...sent, ...(other.privateWrites && { privateWrites: other.privateWrites }) },
  ]);
  expect(codes).toEqual([VALID]);
  await expect(privateText(ledger, "payee")).rejects.toThrow(
    "private data matching public hash version is not available. " +
      "Public hash version = {BlockNum: 1, TxNum: 0}, Private data version = <nil>",
  );
});

test("a deleted value is gone, its history can still be delivered", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await putPrivate(ledger, "payee", IBAN)]);
  await ledger.commit([
    await simulate(ledger, (simulator) => simulator.delPrivateData(NAMESPACE, BANK, "payee")),
  ]);
  expect(await privateText(ledger, "payee")).toBeUndefined();
  expect((await ledger.privateWrites(1, () => true)).size).toBe(1);
});

test("a purge removes every value of the key from every file, and leaves other keys and the hashes", async () => {
  const { dir, ledger } = await newLedger();
  for (const value of [`${IBAN}-first`, `${IBAN}-second`]) {
    await ledger.commit([await putPrivate(ledger, "payee", value)]);
  }
  expect(await filesHolding(dir, IBAN)).not.toEqual([]);
  await ledger.commit([await putPrivate(ledger, "other", KEPT)]);
  await ledger.commit([
    await simulate(ledger, (simulator) => simulator.purgePrivateData(NAMESPACE, BANK, "payee")),
  ]);
  expect(await privateText(ledger, "payee")).toBeUndefined();
  expect(await privateText(ledger, "other")).toBe(KEPT);
  expect((await ledger.privateWrites(1, () => true)).size).toBe(0);
  expect(await filesHolding(dir, IBAN)).toEqual([]);
  expect(await filesHolding(dir, KEPT)).not.toEqual([]);
  const block = await ledger.block(1);
  expect(Buffer.from(block?.bytes ?? []).includes(Buffer.from(sha256(Buffer.from(`${IBAN}-first`))))).toBe(
    true,
  );

  await ledger.close();
  await rm(join(dir, "state"), { recursive: true });
  const rebuilt = await open(dir);
  expect(await privateText(rebuilt, "payee")).toBeUndefined();
  expect(await privateText(rebuilt, "other")).toBe(KEPT);
  expect(await filesHolding(dir, IBAN)).toEqual([]);
});

test("many keys purged together leave nothing in any file either, and take no time for each", async () => {
  const { dir, ledger } = await newLedger();
  const keys = Array.from({ length: 300 }, (_, index) => `payee ${index}`);
  await ledger.commit([
    await simulate(ledger, (simulator) => {
      for (const key of [...keys, "other"])
        simulator.putPrivateData(
          NAMESPACE,
          BANK,
          key,
          Buffer.from(key === "other" ? KEPT : `${IBAN} of ${key}`),
        );
    }),
  ]);
  expect(await filesHolding(dir, IBAN)).not.toEqual([]);
  const start = performance.now();
  await ledger.commit([
    await simulate(ledger, (simulator) => {
      for (const key of keys) simulator.purgePrivateData(NAMESPACE, BANK, key);
    }),
  ]);
  // One by one they took twenty milliseconds each.
  expect(performance.now() - start).toBeLessThan(5000);
  expect(await privateText(ledger, "other")).toBe(KEPT);
  expect(await filesHolding(dir, IBAN)).toEqual([]);
  expect(await filesHolding(dir, KEPT)).not.toEqual([]);
});

test("a key can be written again after its purge", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await putPrivate(ledger, "payee", IBAN)]);
  const purge = await simulate(ledger, (simulator) => simulator.purgePrivateData(NAMESPACE, BANK, "payee"));
  await ledger.commit([purge, await putPrivate(ledger, "payee", "new account")]);
  expect(await privateText(ledger, "payee")).toBe("new account");
});

test("private state is made again from the write sets when the state is gone", async () => {
  const { dir, ledger } = await newLedger();
  await ledger.commit([await putPrivate(ledger, "payee", IBAN)]);
  await ledger.close();
  await rm(join(dir, "state"), { recursive: true });
  expect(await privateText(await open(dir), "payee")).toBe(IBAN);
});

test("metadata of a private key moves the version of its value along", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await putPrivate(ledger, "payee", IBAN)]);
  const note = [{ name: "VALIDATION_PARAMETER", value: Buffer.from("policy") }];
  await ledger.commit([
    await simulate(ledger, (simulator) => simulator.setPrivateDataMetadata(NAMESPACE, BANK, "payee", note)),
  ]);
  expect(await privateText(ledger, "payee")).toBe(IBAN);
  const found = await withSimulator(ledger, (each) => each.getPrivateDataMetadata(NAMESPACE, BANK, "payee"));
  expect(found.map((entry) => entry.name)).toEqual(["VALIDATION_PARAMETER"]);
  const parameter = await ledger.validationParameter({
    namespace: NAMESPACE,
    collection: BANK,
    key: Buffer.from(sha256(Buffer.from("payee"))).toString("hex"),
  });
  expect(Buffer.from(parameter ?? []).toString()).toBe("policy");
});

test("a value lives for its collection's blocks and then is gone with its hash", async () => {
  const { ledger } = await newLedger({ blockToLive: () => 2 });
  await ledger.commit([await putPrivate(ledger, "payee", IBAN)]);
  for (const present of [IBAN, IBAN, IBAN, undefined]) {
    expect(await privateText(ledger, "payee"), `at height ${ledger.height}`).toBe(present);
    await ledger.commit([
      await simulate(ledger, (simulator) => simulator.putState(NAMESPACE, "tick", Buffer.from("1"))),
    ]);
  }
  const hash = await withSimulator(ledger, (each) => each.getPrivateDataHash(NAMESPACE, BANK, "payee"));
  expect(hash).toBeUndefined();
});

test("private ranges are read in order and only where nothing is written", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await putPrivate(ledger, "b", "2"), await putPrivate(ledger, "a", "1")]);
  await withSimulator(ledger, async (simulator) => {
    const range = simulator.getPrivateDataByRange(NAMESPACE, BANK, "a", "c");
    expect([(await range.next())?.key, (await range.next())?.key, await range.next()]).toEqual([
      "a",
      "b",
      undefined,
    ]);
    expect(() => simulator.putState(NAMESPACE, "k", Buffer.from("v"))).toThrow(
      "txid [reading]: unsuppored transaction. Transaction has already performed queries on pvt data. Writes are not allowed",
    );
  });
});

test("private data travels with a snapshot", async () => {
  const { ledger } = await newLedger();
  await ledger.commit([await putPrivate(ledger, "payee", IBAN)]);
  const copy = join(await temporaryFolder(), "copy");
  expect((await ledger.snapshot(copy)).height).toBe(2);
  expect(await privateText(await open(copy), "payee")).toBe(IBAN);
});

async function putPrivate(ledger: Ledger, key: string, value: string) {
  return await simulate(ledger, (simulator) =>
    simulator.putPrivateData(NAMESPACE, BANK, key, Buffer.from(value)),
  );
}

async function withSimulator<T>(ledger: Ledger, work: (simulator: Simulator) => Promise<T>): Promise<T> {
  const simulator = ledger.simulator("reading");
  try {
    return await work(simulator);
  } finally {
    await simulator.close();
  }
}

async function privateText(ledger: Ledger, key: string): Promise<string | undefined> {
  const found = await withSimulator(ledger, (each) => each.getPrivateData(NAMESPACE, BANK, key));
  return found && Buffer.from(found).toString();
}

async function filesHolding(dir: string, text: string): Promise<string[]> {
  const holding: string[] = [];
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) holding.push(path);
  }
  return holding;
}
