import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newLedger, open, put, readText, temporaryFolder } from "./ledger-fixture";

test("a copy made while commits go on is a ledger of its own, as of one height", async () => {
  const { ledger } = await newLedger();
  const target = await temporaryFolder();
  let isCopying = true;
  const writing = (async () => {
    for (let index = 0; isCopying || index < 20; index += 1) {
      await ledger.commit([await put(ledger, `k${index}`, String(index))]);
    }
  })();
  const heights: number[] = [];
  for (let copy = 0; copy < 5; copy += 1) {
    await ledger.nextHeight(ledger.height);
    heights.push((await ledger.snapshot(join(target, String(copy)))).height);
  }
  isCopying = false;
  await writing;
  for (const [copy, height] of heights.entries()) {
    const copied = await open(join(target, String(copy)));
    expect(copied.height).toBe(height);
    const own = await ledger.block(height - 1);
    const other = await copied.block(height - 1);
    expect(Buffer.from(other?.bytes ?? []).equals(Buffer.from(own?.bytes ?? []))).toBe(true);
    expect(await readText(copied, `k${height - 2}`)).toBe(String(height - 2));
    expect(await readText(copied, `k${height - 1}`)).toBeUndefined();
    await copied.commit([await put(copied, "own", "way")]);
    expect(await copied.verify({})).toMatchObject({ blocks: height + 1 });
  }
});

test("a copy is not written over anything", async () => {
  const { dir, ledger } = await newLedger();
  await expect(ledger.snapshot(dir)).rejects.toThrow("not empty");
});

test("an unfinished copy is no ledger", async () => {
  const { ledger } = await newLedger();
  const target = join(await temporaryFolder(), "copy");
  await ledger.snapshot(target);
  await rm(join(target, "format.json"));
  await expect(open(target)).rejects.toMatchObject({ reason: "format" });
});

test("an empty ledger can be copied", async () => {
  const ledger = await open(await temporaryFolder());
  const target = join(await temporaryFolder(), "copy");
  expect(await ledger.snapshot(target)).toEqual({ height: 0, bytes: 0 });
  expect((await open(target)).height).toBe(0);
});
