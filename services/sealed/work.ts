/** What a part does by itself, again and again, one piece at a time. */
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";
import { LedgerAway, LedgerRefusal } from "./ledger";

/** @param work what is due; it is called again after a pause, whatever became of it */
export async function keepWorking(
  what: string,
  pauseMs: number,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (error instanceof LedgerAway) log.info({ what }, "the ledger is away");
      else if (error instanceof LedgerRefusal) log.warn({ what, code: error.code }, "refused by the ledger");
      else log.error({ what, err: error }, "a part's work failed");
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
