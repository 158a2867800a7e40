import "server-only";
import { cache } from "react";
import { readConnection } from "@/ledger/connection";
import { ledger } from "@/ledger/process";
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
  /** `degraded`: pages can be read, and nothing new reaches the ledger. `down`: the database does not answer. */
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

const LEDGER_PATIENCE_MS = 3000;

export async function health(): Promise<Health> {
  const [kind, height, projectionHeight, outbox] = await Promise.all([
    ledgerKind(),
    orNull(withinPatience(ledger().then(({ gateway }) => gateway.chainInfo()))).then(
      (info) => info?.height ?? null,
    ),
    orNull(projectionHeightOf()),
    orNull(db.outboxItem.count({ where: { status: { in: ["to_sign", "queued", "sending"] } } })),
  ]);
  const status = outbox === null ? "down" : height === null ? "degraded" : "ok";
  return { status, ledger: kind ?? null, height, projectionHeight, outbox, database: env.DATABASE_KIND };
}

async function projectionHeightOf(): Promise<number> {
  const { _max } = await db.chainBlock.aggregate({ _max: { number: true } });
  return _max.number === null ? 0 : Number(_max.number) + 1;
}

async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch {
    return null;
  }
}

function withinPatience<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("the ledger does not answer")), LEDGER_PATIENCE_MS);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
