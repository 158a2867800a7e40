import { setTimeout as sleep } from "node:timers/promises";

const askEveryMs = 20;

/**
 * Asks for a page until it is answered with 200.
 * @returns seconds since the call
 */
export async function firstAnswer(url: string, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const response = await fetch(url, { signal }).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
    if (response?.status === 200) return (performance.now() - started) / 1000;
    await sleep(askEveryMs);
  }
}
