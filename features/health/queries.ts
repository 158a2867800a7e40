import "server-only";
import { cache } from "react";
import { readConnection } from "@/ledger/connection";
import { ledgerHealth } from "@/ledger/health";
import { db } from "@/lib/db";
import { env } from "@/lib/env";

export type LedgerKind = "embedded" | "fabric";

/** Which kind of ledger stands behind this site; undefined while its description cannot be read. */
export const ledgerKind = cache(async (): Promise<LedgerKind | undefined> => {
  try {
    return (await readConnection(env.LEDGER_CONNECTION)).kind;
  } catch {
    return undefined;
  }
});

export type Health = {
  /**
   * `degraded`: pages can be read, but nothing new reaches the ledger, or the projection has stopped at a block that
   * does not follow (the worker's log says which). `down`: the database does not answer.
   */
  status: "ok" | "degraded" | "down";
  ledger: LedgerKind | null;
  /** Number of blocks of the chain; null while the ledger does not answer. */
  height: number | null;
  /** Number of blocks the projection has read. */
  projectionHeight: number | null;
  /** Items on their way to the ledger. */
  outbox: number | null;
  database: "pglite" | "postgresql";
};

export async function health(): Promise<Health> {
  const [kind, { alarm, ...figures }] = await Promise.all([ledgerKind(), ledgerHealth(db)]);
  const status =
    figures.outbox === null ? "down" : figures.height === null || alarm !== null ? "degraded" : "ok";
  return { status, ledger: kind ?? null, ...figures, database: env.DATABASE_KIND };
}
