import "server-only";
import { type PendingItem, pendingItems } from "@/ledger/client/outbox/pending";
import { db } from "@/lib/db";

/** The chain's day of each transaction. */
export async function daysOfTransactions(
  municipality: string,
  rows: readonly { transactionId: string }[],
): Promise<(row: { transactionId: string }) => string> {
  const found = await db.chainTransaction.findMany({
    where: { municipality, code: 0, id: { in: rows.map(({ transactionId }) => transactionId) } },
    select: { id: true, day: true },
  });
  const days = new Map(found.map(({ id, day }) => [id, day ?? ""]));
  return ({ transactionId }) => days.get(transactionId) ?? "";
}

/** When each transaction was sent, by its sender's clock. */
export async function timesOfTransactions(
  municipality: string,
  rows: readonly { transactionId: string }[],
): Promise<(row: { transactionId: string }) => Date | undefined> {
  if (rows.length === 0) return () => undefined;
  const found = await db.chainTransaction.findMany({
    where: { municipality, code: 0, id: { in: rows.map(({ transactionId }) => transactionId) } },
    select: { id: true, statedTime: true },
  });
  const times = new Map(found.map(({ id, statedTime }) => [id, statedTime]));
  return ({ transactionId }) => times.get(transactionId);
}

/** Everything of a municipality that is on its way, or was refused in the last hour. */
export function pendingItemsOf(municipality: string): Promise<PendingItem[]> {
  return pendingItems(db, { municipality, failedFor: 3_600_000 });
}
