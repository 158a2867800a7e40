import { setTimeout as sleep } from "node:timers/promises";
import type { PrismaClient } from "../generated/prisma/client";
import { ledger } from "./process";

/** Each is null while whoever knows it does not answer. */
export interface LedgerHealth {
  /** Blocks on the ledger. */
  readonly height: number | null;
  /** Blocks in the tables. */
  readonly projectionHeight: number | null;
  /** Items on their way to the ledger. */
  readonly outbox: number | null;
  /** Why the projection stopped; null also where it goes on. */
  readonly alarm: string | null;
}

/** How long the ledger may take to say its height, milliseconds. */
const patience = 3_000;

/** How far ledger, tables and outbox are. Never throws. */
export async function ledgerHealth(db: PrismaClient): Promise<LedgerHealth> {
  const [height, state] = await Promise.all([
    orNull(Promise.race([chainHeight(), sleep(patience, null, { ref: false })])),
    orNull(databaseState(db)),
  ]);
  return { height, ...(state ?? { projectionHeight: null, outbox: null, alarm: null }) };
}

async function chainHeight(): Promise<number> {
  const { gateway } = await ledger();
  return (await gateway.chainInfo()).height;
}

async function databaseState(db: PrismaClient) {
  const [row] = await db.$queryRaw<{ height: bigint; outbox: bigint; alarm: string | null }[]>`
    SELECT coalesce((SELECT max(number) + 1 FROM chain.block), 0) AS height,
      (SELECT count(*) FROM "OutboxItem" WHERE status IN ('queued', 'sending')) AS outbox,
      (SELECT alarm FROM "LedgerWorker" LIMIT 1) AS alarm`;
  return row && { projectionHeight: Number(row.height), outbox: Number(row.outbox), alarm: row.alarm };
}

function orNull<T>(promise: Promise<T>): Promise<T | null> {
  return promise.catch(() => null);
}
