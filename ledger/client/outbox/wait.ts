import { setTimeout as sleep } from "node:timers/promises";
import type { PrismaClient } from "../../../generated/prisma/client";
import type { TransactionName } from "../../../protocol/transactions";
import { type Command, enqueue } from "./enqueue";

/** An item that is on the ledger and in the tables. */
export interface Recorded {
  readonly id: string;
  readonly transactionId: string;
  readonly block: number;
}

/** The item came to nothing, or has to be signed again: `code` is the chaincode's (`ErrorCode`) or the outbox's (`OutboxFailure`). */
export class NotRecordedError extends Error {
  override readonly name = "NotRecordedError";
  constructor(
    readonly id: string,
    readonly transaction: string,
    readonly code: string,
    readonly params: Readonly<Record<string, string | number>>,
  ) {
    super(`${transaction} was refused: ${code} ${JSON.stringify(params)}`);
  }
}

/** Not recorded yet when the time was over. It is still on its way. */
export class StillWaitingError extends Error {
  override readonly name = "StillWaitingError";
  constructor(
    readonly id: string,
    milliseconds: number,
  ) {
    super(`the item ${id} is not recorded after ${milliseconds} ms`);
  }
}

/**
 * Enqueues by itself and waits until the tables show it: for the seed, imports and tests. Pages never wait.
 * @throws NotRecordedError, StillWaitingError, and what `enqueue` throws
 */
export async function submitAndWait<T extends TransactionName>(
  db: PrismaClient,
  command: Command<T>,
  options: { timeoutMs?: number } = {},
): Promise<Recorded> {
  const id = await db.$transaction((tx) => enqueue(tx, command));
  return waitFor(db, id, options);
}

/** Waits until the tables show an item. @throws NotRecordedError, StillWaitingError */
export async function waitFor(
  db: PrismaClient,
  id: string,
  { timeoutMs = 30_000 }: { timeoutMs?: number } = {},
): Promise<Recorded> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const item = await watcherOf(db).look(id);
    if (item && item.status !== "committed")
      throw new NotRecordedError(id, item.transaction, item.errorCode ?? "unknown", item.errorParams ?? {});
    if (item) return { id, transactionId: item.transactionId ?? "", block: Number(item.block) };
    if (Date.now() >= end) throw new StillWaitingError(id, timeoutMs);
  }
}

/** An item that is settled: failed, to be signed again, or committed and in the tables. */
type Look = {
  id: string;
  transaction: string;
  status: "committed" | "failed" | "to_sign";
  transactionId: string | null;
  block: bigint | null;
  errorCode: string | null;
  errorParams: Record<string, string | number> | null;
};

const longestPauseMs = 200;

const watchers = new WeakMap<PrismaClient, Watcher>();

function watcherOf(db: PrismaClient): Watcher {
  const known = watchers.get(db);
  if (known) return known;
  const watcher = new Watcher(db);
  watchers.set(db, watcher);
  return watcher;
}

/** Thousands may wait at once: they are looked up together, several times a second. */
class Watcher {
  readonly #asked = new Map<string, ((look: Look | undefined) => void)[]>();
  #looking: Promise<Map<string, Look>> | undefined;
  /** As many as the last look was for. */
  #many = 0;

  constructor(private readonly db: PrismaClient) {}

  async look(id: string): Promise<Look | undefined> {
    return new Promise((resolve, reject) => {
      const others = this.#asked.get(id);
      if (others) others.push(resolve);
      else this.#asked.set(id, [resolve]);
      this.#looking ??= this.#lookUp();
      this.#looking.catch(reject);
    });
  }

  async #lookUp(): Promise<Map<string, Look>> {
    // The more there are, the more a look costs and the less a moment matters to each.
    await sleep(Math.min(longestPauseMs, 15 + this.#many / 4));
    const asked = new Map(this.#asked);
    this.#asked.clear();
    this.#many = asked.size;
    this.#looking = undefined;
    const rows = await this.db.$queryRaw<Look[]>`
      SELECT id, transaction, status, "transactionId", block, "errorCode", "errorParams" FROM "OutboxItem"
      WHERE id = ANY(${[...asked.keys()]}::uuid[]) AND (status = 'failed' OR
        status = 'to_sign' AND "errorCode" IS NOT NULL OR
        status = 'committed' AND block <= (SELECT max(number) FROM chain.block))`;
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const [id, answers] of asked) for (const answer of answers) answer(found.get(id));
    return found;
  }
}
