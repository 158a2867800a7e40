import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { EmbeddedLedger } from "@/tests/conformance/embedded";
import { round } from "./clients";

/** What a process holds, in MB. */
export interface HeldMemory {
  /** JavaScript's objects right after a full collection: what is still referred to. */
  readonly heapMb: number;
  /** Buffers outside that heap. */
  readonly buffersMb: number;
  /** All of the process in memory, LevelDB's caches and what the allocator has not given back included. */
  readonly residentMb: number;
}

const told = "held memory: ";
const usage = z.object({ heapUsed: z.number(), external: z.number(), rss: z.number() });
const secondsToAnswer = 60;

/** Preloaded into the ledger: on SIGUSR2 it collects and says on standard error what it holds then. */
const preload = `data:text/javascript,${encodeURIComponent(`
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
process.on("SIGUSR2", () => {
  collect();
  process.stderr.write(${JSON.stringify(told)} + JSON.stringify(process.memoryUsage()) + "\\n");
});
`)}`;

/** The environment of a ledger that can be asked by `heldBy`. */
export const askable = { NODE_OPTIONS: `--import=${preload}` };

/** What a ledger that was started with `askable` holds now. */
export async function heldBy(ledger: EmbeddedLedger): Promise<HeldMemory> {
  const before = answers(ledger).length;
  process.kill(ledger.pid, "SIGUSR2");
  for (let waited = 0; waited < secondsToAnswer * 10; waited += 1) {
    const [answer] = answers(ledger).slice(before);
    if (answer) return inMegabytes(usage.parse(JSON.parse(answer)));
    await sleep(100);
  }
  throw new Error(`the ledger did not say within ${secondsToAnswer} s what it holds`);
}

/** What a process holds by Linux's count; 0 where there is no `/proc`. */
export async function residentMbOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

function answers(ledger: EmbeddedLedger): string[] {
  return ledger
    .log()
    .split("\n")
    .slice(0, -1)
    .filter((line) => line.startsWith(told))
    .map((line) => line.slice(told.length));
}

function inMegabytes({ heapUsed, external, rss }: z.infer<typeof usage>): HeldMemory {
  const megabytes = (bytes: number) => round(bytes / 2 ** 20, 10);
  return { heapMb: megabytes(heapUsed), buffersMb: megabytes(external), residentMb: megabytes(rss) };
}
