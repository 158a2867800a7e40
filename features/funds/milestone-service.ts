import type { ChainMilestone } from "@/generated/prisma/client";
import type { Database } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { TransactionName } from "@/protocol/transactions";
import { allows } from "@/protocol/workflow/table";

/** A milestone that a step can be taken on. @throws NotFoundError or ConflictError */
export async function milestoneFor(
  tx: Database,
  municipality: string,
  id: string,
  transaction: TransactionName,
): Promise<ChainMilestone> {
  const row = await tx.chainMilestone.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("milestone_not_found");
  if (!allows(transaction, { milestone: row.state }))
    throw new ConflictError("milestone_moved_on", { state: row.state });
  return row;
}
