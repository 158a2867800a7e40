import type { WriteStream } from "node:tty";

const WIDTH = 30;
const AFTER_MS = 1000;
const EVERY_MS = 100;

/** A bar on a terminal for what takes over a second; silent anywhere else. */
export function createProgress(out: WriteStream) {
  const started = performance.now();
  let shownAt = 0;
  const show = (share: number, words: string): void => {
    const now = performance.now();
    if (!out.isTTY || now - started < AFTER_MS || now - shownAt < EVERY_MS) return;
    shownAt = now;
    const filled = Math.round(Math.min(1, share) * WIDTH);
    const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    out.write(`\r${bar} ${words}\u001b[K`);
  };
  return {
    reading(read: number, total: number): void {
      show(read / total, `${read} of ${total} votes read`);
    },
    /** How much of the budget the last re-run of a completion spends. */
    counting(budget: bigint) {
      return (iterations: number, cost: bigint): void => {
        const share = budget === 0n ? 1 : Number((cost * 1000n) / budget) / 1000;
        show(share, `${Math.round(share * 100)} % of the budget after ${iterations} increments`);
      };
    },
    clear(): void {
      if (shownAt > 0) out.write("\r\u001b[K");
    },
  };
}
