import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ClassicLevel } from "classic-level";
import { expect, onTestFinished, test } from "vitest";
import { parseBlock } from "../../evidence/block";
import { validationCodes } from "../../evidence/codes";
import { temporaryFolder } from "./ledger-fixture";
import { openLedger } from "./open";

const ROUNDS = 6;
const writer = fileURLToPath(new URL("./killed-writer.ts", import.meta.url));

test(
  "a writer killed at random moments loses nothing it was told is kept, and doubles nothing",
  async () => {
    const dir = await temporaryFolder();
    /** Kept by the test, outside the ledger: id → block. */
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = spawn(process.execPath, ["--import", "tsx", writer, dir, String(round * 1_000_000)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      onTestFinished(() => void child.kill("SIGKILL"));
      await killAtRandom(child, acknowledged);

      const ledger = await openLedger(dir);
      const seen = new Map<string, number>();
      for await (const { bytes } of ledger.blocks(0)) {
        const block = parseBlock(bytes);
        for (const { id, code } of block.transactions) {
          expect(seen.has(id)).toBe(false);
          expect(code).toBe(validationCodes.VALID);
          seen.set(id, block.number);
        }
      }
      for (const [id, block] of acknowledged) {
        expect(seen.get(id)).toBe(block);
        expect(await ledger.locate(id)).toMatchObject({ block });
      }
      await ledger.close();
      const recovered = await dump(join(dir, "state"));
      await rm(join(dir, "state"), { recursive: true });
      const rebuilt = await openLedger(dir);
      await rebuilt.close();
      expect((await dump(join(dir, "state"))).equals(recovered)).toBe(true);
    }
    expect(acknowledged.size).toBeGreaterThan(0);
  },
  ROUNDS * 30_000,
);

async function killAtRandom(child: ChildProcess, acknowledged: Map<string, number>): Promise<void> {
  if (!child.stdout) throw new Error("no output to read");
  const lines = createInterface({ input: child.stdout });
  const exited = once(child, "exit");
  for await (const line of lines) {
    if (line === "ready") {
      setTimeout(() => child.kill("SIGKILL"), Math.random() * 600);
      continue;
    }
    const [block, ...ids] = line.split(" ");
    // A line that was itself cut off acknowledges only the ids it holds in full.
    for (const id of ids) if (id.length === 64) acknowledged.set(id, Number(block));
  }
  await exited;
}

async function dump(dir: string): Promise<Buffer> {
  const level = new ClassicLevel<Buffer, Buffer>(dir, { keyEncoding: "buffer", valueEncoding: "buffer" });
  const parts: Buffer[] = [];
  for await (const [key, value] of level.iterator())
    parts.push(key, Buffer.from(":"), value, Buffer.from("\n"));
  await level.close();
  return Buffer.concat(parts);
}
