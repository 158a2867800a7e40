import { copyFile, cp, open as openFile, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeHeader, recordLength, SECTOR } from "../../evidence/block-record";
import { type Acknowledged, AcknowledgementFile } from "./acknowledgement";
import { scanBlocks } from "./block-scan";
import { DamagedBlockError, LedgerOpenError } from "./errors";
import { newLedger, open, put, readText, temporaryFolder } from "./ledger-fixture";
import { openLedger } from "./open";

/** A closed ledger of four blocks and its block file, with what was acknowledged at each height. */
async function written() {
  const { dir, ledger } = await newLedger();
  for (const key of ["a", "b", "c"]) await ledger.commit([await put(ledger, key, "1")]);
  await ledger.close();
  const bytes = await readFile(join(dir, "blocks"));
  const { file, acknowledged } = await AcknowledgementFile.open(dir);
  await file.close();
  const lastOffset = recordOffsets(bytes).at(-1) ?? 0;
  const whole = await scan(bytes, acknowledged);
  const withoutLast = await scan(bytes.subarray(0, lastOffset), {
    height: 3,
    length: lastOffset,
    hash: whole.last?.previousHash ?? Buffer.alloc(0),
  });
  const before: Acknowledged = { height: 3, length: lastOffset, hash: withoutLast.end.hash };
  return { dir, bytes, lastOffset, acknowledged, before };
}

test("every single byte that turns in an acknowledged file is found, wherever it stands", async () => {
  const { bytes, acknowledged } = await written();
  const offsets = recordOffsets(bytes);
  for (let at = 0; at < bytes.length; at += 1) {
    for (const mask of [1 << (at % 8), 0xff]) {
      const error = await scan(flipped(bytes, at, mask), acknowledged).catch((reason: unknown) => reason);
      expect(error, `byte ${at} changed by ${mask}`).toBeInstanceOf(DamagedBlockError);
      const block = offsets.findLastIndex((offset) => offset <= at);
      expect((error as DamagedBlockError).block, `byte ${at}`).toBe(block);
    }
  }
});

test("every single byte that turns in a whole record above the acknowledged height is found, not cut off", async () => {
  const { bytes, before } = await written();
  for (let at = 0; at < bytes.length; at += 1) {
    const error = await scan(flipped(bytes, at, 1 << (at % 8)), before).catch((reason: unknown) => reason);
    expect(error, `byte ${at}`).toBeInstanceOf(DamagedBlockError);
  }
});

test("a record cut off at any byte is dropped above the acknowledged height and refused below it", async () => {
  const { bytes, lastOffset, acknowledged, before } = await written();
  for (let length = lastOffset; length < bytes.length; length += 1) {
    const cut = bytes.subarray(0, length);
    const found = await scan(cut, before);
    expect([found.end.height, found.length], `cut at ${length}`).toEqual([3, lastOffset]);
    await expect(scan(cut, acknowledged), `cut at ${length}`).rejects.toThrow(DamagedBlockError);
  }
  expect((await scan(bytes, before)).end.height).toBe(4);
});

test("sectors that never reached the disk are a write cut off above the acknowledged height, damage below", async () => {
  const { bytes, lastOffset, acknowledged, before } = await written();
  const sectors = (bytes.length - lastOffset) / SECTOR;
  for (let missing = 1; missing < 2 ** sectors; missing += 1) {
    const torn = Buffer.from(bytes);
    for (let sector = 0; sector < sectors; sector += 1) {
      const start = lastOffset + sector * SECTOR;
      if ((missing >> sector) & 1) torn.fill(0, start, start + SECTOR);
    }
    expect((await scan(torn, before)).end.height, `sectors ${missing.toString(2)}`).toBe(3);
    await expect(scan(torn, acknowledged)).rejects.toThrow(DamagedBlockError);
  }
});

test("bytes after the last record are refused", async () => {
  const { bytes, acknowledged, before } = await written();
  const longer = Buffer.concat([bytes, bytes.subarray(0, 700)]);
  await expect(scan(longer, acknowledged)).rejects.toThrow(DamagedBlockError);
  await expect(scan(longer, before)).rejects.toThrow(/bytes follow|damaged|record there/);
});

test("a start refuses a changed byte of the last block, names the block and leaves the file alone", async () => {
  const { dir, bytes, lastOffset } = await written();
  const damaged = flipped(bytes, lastOffset + 100, 4);
  await writeFile(join(dir, "blocks"), damaged);
  await expect(openLedger(dir)).rejects.toMatchObject({ name: "DamagedBlockError", block: 3 });
  expect((await readFile(join(dir, "blocks"))).equals(damaged)).toBe(true);
});

test("a start refuses a shortened file and a missing one", async () => {
  const { dir, bytes } = await written();
  await truncate(join(dir, "blocks"), bytes.length - 1);
  await expect(openLedger(dir)).rejects.toMatchObject({ name: "DamagedBlockError", block: 3 });
  await truncate(join(dir, "blocks"), 0);
  await expect(openLedger(dir)).rejects.toMatchObject({ name: "DamagedBlockError", block: 0 });
});

test("a start drops an unfinished record and goes on from there", async () => {
  const { dir, ledger } = await newLedger();
  await ledger.commit([await put(ledger, "a", "1")]);
  const length = (await readFile(join(dir, "blocks"))).length;
  await ledger.close();
  const handle = await openFile(join(dir, "blocks"), "a");
  await handle.write(Buffer.from("CCBLOCK1 and no more than this of the header"));
  await handle.close();
  const again = await open(dir);
  expect(again.recovery.droppedBytes).toBe(44);
  expect((await readFile(join(dir, "blocks"))).length).toBe(length);
  await again.commit([await put(again, "b", "2")]);
  expect([again.height, await readText(again, "b")]).toEqual([3, "2"]);
});

test("a block written but not yet acknowledged is kept", async () => {
  const { dir, ledger } = await newLedger();
  const earlier = await temporaryFolder();
  await copyFile(join(dir, "acknowledged"), join(earlier, "acknowledged"));
  await ledger.commit([await put(ledger, "a", "1")]);
  await ledger.close();
  await copyFile(join(earlier, "acknowledged"), join(dir, "acknowledged"));
  const again = await open(dir);
  expect([again.height, await readText(again, "a")]).toEqual([2, "1"]);
});

test("the acknowledgement survives any changed byte of it; without both entries the ledger does not start", async () => {
  const { dir, acknowledged } = await written();
  const path = join(dir, "acknowledged");
  const bytes = await readFile(path);
  for (const at of [...range(0, 64), ...range(4096, 4160)]) {
    await writeFile(path, flipped(bytes, at, 0x10));
    const { file, acknowledged: found } = await AcknowledgementFile.open(dir);
    await file.close();
    expect(found.height, `byte ${at}`).toBeGreaterThanOrEqual(acknowledged.height - 1);
  }
  await writeFile(path, flipped(flipped(bytes, 10, 1), 4106, 1));
  await expect(openLedger(dir)).rejects.toThrow(LedgerOpenError);
});

test("folders that are not this program's are refused with the reason", async () => {
  const foreign = await temporaryFolder();
  await writeFile(join(foreign, "notes.txt"), "mine");
  await expect(openLedger(foreign)).rejects.toMatchObject({ reason: "format" });
  const { dir, ledger } = await newLedger();
  await expect(openLedger(dir)).rejects.toMatchObject({ reason: "locked" });
  await ledger.close();
  await writeFile(join(dir, "format.json"), '{"formatVersion":2,"stateVersion":1}');
  await expect(openLedger(dir)).rejects.toThrow("format 2");
  await rm(join(dir, "format.json"));
  await expect(openLedger(dir)).rejects.toMatchObject({ reason: "format" });
});

test("private data that is gone is not taken for private data that never was", async () => {
  const { dir, ledger } = await newLedger();
  await ledger.close();
  await rm(join(dir, "private"), { recursive: true });
  await expect(openLedger(dir)).rejects.toMatchObject({ reason: "private" });
});

test("a state of another version is made again from the blocks", async () => {
  const { dir, ledger } = await newLedger();
  await ledger.commit([await put(ledger, "a", "1")]);
  await ledger.close();
  await writeFile(join(dir, "format.json"), '{"formatVersion":1,"stateVersion":0}');
  const again = await open(dir);
  expect([again.recovery.replayedBlocks, await readText(again, "a")]).toEqual([2, "1"]);
  await again.close();
  expect((await open(dir)).recovery.replayedBlocks).toBe(0);
});

test("the state of another ledger is refused", async () => {
  const one = await newLedger();
  const other = await newLedger();
  await one.ledger.close();
  await other.ledger.close();
  await rm(join(one.dir, "state"), { recursive: true });
  await cp(join(other.dir, "state"), join(one.dir, "state"), { recursive: true });
  await expect(openLedger(one.dir)).rejects.toMatchObject({ reason: "foreign" });
});

test("a first start that was cut off is simply begun again", async () => {
  const dir = await temporaryFolder();
  await AcknowledgementFile.create(dir);
  await writeFile(join(dir, "blocks"), "");
  expect((await open(dir)).height).toBe(0);
});

async function scan(bytes: Buffer, acknowledged: Acknowledged) {
  // The scan reads through a file handle; a memory file keeps ten thousand scans off the disk.
  return await scanBlocks(memoryFile(bytes), acknowledged);
}

function memoryFile(bytes: Buffer): Parameters<typeof scanBlocks>[0] {
  return {
    stat: async () => ({ size: bytes.length }),
    read: async (target: Buffer, offset: number, length: number, position: number) => ({
      bytesRead: bytes.copy(target, offset, position, position + length),
    }),
  };
}

function recordOffsets(bytes: Buffer): number[] {
  const offsets: number[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const header = decodeHeader(bytes.subarray(offset));
    if (!header) throw new Error(`no record at ${offset}`);
    offsets.push(offset);
    offset += recordLength(header.bodyLength);
  }
  return offsets;
}

function flipped(bytes: Buffer, at: number, mask: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ mask, at);
  return copy;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
