/** What every step on a proposal has in common: which proposal it is about and in which states it may be taken. */
import type { Signer } from "@/ledger/client/outbox/enqueue";
import type { Database } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Actor } from "@/protocol/primitives";
import type { TransactionName } from "@/protocol/transactions";
import { allows, workflow } from "@/protocol/workflow/table";

export function aboutProposal(signer: Signer, id: string) {
  return { signer, subject: { type: "proposal", id }, orderKey: `proposal/${id}` };
}

/**
 * @throws ConflictError also for a co-author where the step takes somebody without an interest: of co-authors the ledger knows
 * nothing
 */
export async function proposalFor(
  tx: Database,
  { municipality, person }: Pick<Actor, "municipality" | "person">,
  id: string,
  transaction: TransactionName,
) {
  const found = await tx.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!found) throw new NotFoundError("proposal_not_found");
  if (!allows(transaction, { proposal: found.state }))
    throw new ConflictError("proposal_moved_on", { state: found.state });
  if (
    workflow[transaction].disinterested &&
    (await tx.coAuthor.count({ where: { municipality, proposal: id, person } })) > 0
  )
    throw new ConflictError("own_proposal", { proposal: id });
  return found;
}
