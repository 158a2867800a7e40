import type { WriteStream } from "node:tty";

const WIDTH = 30;
const AFTER_MS = 1000;
const EVERY_MS = 100;

/** A bar on a terminal for a count that takes over a second; silent anywhere else. */
export function createProgress(out: WriteStream, budget: bigint) {
  const started = performance.now();
  let shownAt = 0;
  return {
    update(iterations: number, cost: bigint): void {
      const now = performance.now();
      if (!out.isTTY || now - started < AFTER_MS || now - shownAt < EVERY_MS) return;
      shownAt = now;
      const share = budget === 0n ? 1 : Math.min(1, Number((cost * 1000n) / budget) / 1000);
      const filled = Math.round(share * WIDTH);
      const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      const percent = Math.round(share * 100);
      out.write(`\r${bar} ${percent} % of the budget after ${iterations} increments\u001b[K`);
    },
    clear(): void {
      if (shownAt > 0) out.write("\r\u001b[K");
    },
  };
}
