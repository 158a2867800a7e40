/** What a part does by itself, again and again, one piece at a time. */
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";
import { PartAway } from "@/lib/part-client";
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
      logFailure({ what }, error);
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** @param about whose work it is, such as a part's or a round's */
export function logFailure(about: Readonly<Record<string, string>>, error: unknown): void {
  if (error instanceof LedgerAway) log.info(about, "the ledger is away");
  else if (error instanceof PartAway) log.info(about, "another part is away");
  else if (error instanceof LedgerRefusal) log.warn({ ...about, code: error.code }, "refused by the ledger");
  else log.error({ ...about, err: error }, "a part's work failed");
}
