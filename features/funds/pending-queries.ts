import "server-only";
import { type PendingItem, pendingItems } from "@/ledger/client/outbox/pending";
import { db } from "@/lib/db";
import type { CommitmentView } from "./commitment-queries";

/** What is on its way, or was refused in the last hour, about a pact and its money. */
export async function pendingAround(
  municipality: string,
  pact: string,
  commitments: readonly CommitmentView[],
): Promise<PendingItem[]> {
  const ids = new Set([
    pact,
    ...commitments.flatMap(({ id, milestones, reports }) => [
      id,
      ...milestones.flatMap((milestone) => [
        milestone.id,
        ...milestone.payments.map((payment) => payment.id),
      ]),
      ...reports.map((report) => report.id),
    ]),
  ]);
  const items = await pendingItems(db, { municipality, failedFor: 3_600_000 });
  return items.filter(
    ({ subject, input }) => ids.has(subject.id) || (input as { pact?: string } | null)?.pact === pact,
  );
}
