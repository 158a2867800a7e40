import { setTimeout as sleep } from "node:timers/promises";
import type { PrismaClient } from "../generated/prisma/client";
import { log } from "../lib/log";
import { ledger } from "./process";

export interface LedgerHealth {
  readonly ledger: "embedded" | "fabric" | "unknown";
  /** Blocks on the ledger; null while it cannot be asked. */
  readonly height: number | null;
  /** Blocks in the tables. */
  readonly projectionHeight: number;
  /** Items on their way to the ledger. */
  readonly outbox: number;
  /** Why the projection stopped; null while it goes on. */
  readonly alarm: string | null;
}

/** How long the ledger may take to say its height, milliseconds. */
const patience = 2_000;

/** How far ledger, tables and outbox are. Answers also while the ledger is away. */
export async function ledgerHealth(db: PrismaClient): Promise<LedgerHealth> {
  const [ends, state] = await Promise.all([ledgerEnd(), databaseState(db)]);
  return { ...ends, ...state };
}

async function ledgerEnd(): Promise<Pick<LedgerHealth, "ledger" | "height">> {
  const asked = ledger()
    .then(async ({ gateway }) => ({
      ledger: gateway.connection.kind,
      height: await gateway.chainInfo().then(
        ({ height }) => height,
        () => null,
      ),
    }))
    .catch((error: unknown) => {
      log.warn({ err: error }, "the ledger cannot be reached");
      return undefined;
    });
  const answer = await Promise.race([asked, sleep(patience, undefined, { ref: false })]);
  return answer ?? { ledger: "unknown", height: null };
}

async function databaseState(db: PrismaClient) {
  const [row] = await db.$queryRaw<{ height: bigint | null; outbox: bigint; alarm: string | null }[]>`
    SELECT (SELECT max(number) + 1 FROM chain.block) AS height,
      (SELECT count(*) FROM "OutboxItem" WHERE status IN ('queued', 'sending')) AS outbox,
      (SELECT alarm FROM "LedgerWorker" LIMIT 1) AS alarm`;
  return {
    projectionHeight: Number(row?.height ?? 0),
    outbox: Number(row?.outbox ?? 0),
    alarm: row?.alarm ?? null,
  };
}
