import { open as openFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { NAMESPACE, newLedger, open, put, readText, simulate } from "./ledger-fixture";

// The disk's answers are put in at Node's file handle; everything above it is the real ledger.

test("a full disk refuses the block and leaves the ledger as it was", async () => {
  const { dir, ledger } = await newLedger();
  const handle = await fileHandlePrototype(dir);
  const secret = await simulate(ledger, (simulator) => {
    simulator.putPrivateData(NAMESPACE, "bank", "payee", Buffer.from("iban"));
  });
  const { write } = handle;
  const full = vi.spyOn(handle, "write").mockImplementationOnce(async function (
    this: unknown,
    ...[buffer, offset, , position]: unknown[]
  ) {
    // Half of it still fits.
    await Reflect.apply(write, this, [buffer, offset, 100, position]);
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  });
  onTestFinished(() => full.mockRestore());
  await expect(ledger.commit([secret])).rejects.toMatchObject({ name: "CommitError", usable: true });
  expect(ledger.height).toBe(1);
  const { codes } = await ledger.commit([await put(ledger, "a", "1")]);
  expect(codes).toEqual([0]);
  expect((await ledger.privateWrites(1, () => true)).size).toBe(0);
  await ledger.close();
  const again = await open(dir);
  expect([again.height, again.recovery.droppedBytes, await readText(again, "a")]).toEqual([2, 0, "1"]);
});

test("after a failed fsync nothing more is kept until the next start", async () => {
  const { dir, ledger } = await newLedger();
  const handle = await fileHandlePrototype(dir);
  const failing = vi
    .spyOn(handle, "datasync")
    .mockRejectedValueOnce(Object.assign(new Error("input/output error"), { code: "EIO" }));
  onTestFinished(() => failing.mockRestore());
  await expect(ledger.commit([await put(ledger, "a", "1")])).rejects.toMatchObject({ usable: false });
  await expect(ledger.commit([await put(ledger, "b", "1")])).rejects.toMatchObject({ usable: false });
  expect(ledger.height).toBe(1);
  expect(await readText(ledger, "a")).toBeUndefined();
  await ledger.close();
  // The record may be there after all: a start says so by what it finds, and goes on.
  const again = await open(dir);
  expect(again.height).toBe(2);
  await again.commit([await put(again, "b", "2")]);
  expect(await again.verify({})).toMatchObject({ blocks: 3 });
});

async function fileHandlePrototype(dir: string) {
  const handle = await openFile(join(dir, "format.json"));
  const prototype: typeof handle = Object.getPrototypeOf(handle);
  await handle.close();
  return prototype;
}
