/** What every step on a proposal has in common: which proposal it is about and in which states it may be taken. */
import type { Signer } from "@/ledger/client/outbox/enqueue";
import type { Database } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { TransactionName } from "@/protocol/transactions";
import { allows } from "@/protocol/workflow/table";

export function aboutProposal(signer: Signer, id: string) {
  return { signer, subject: { type: "proposal", id }, orderKey: `proposal/${id}` };
}

export async function proposalFor(
  tx: Database,
  municipality: string,
  id: string,
  transaction: TransactionName,
) {
  const found = await tx.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!found) throw new NotFoundError("proposal_not_found");
  if (!allows(transaction, { proposal: found.state }))
    throw new ConflictError("proposal_moved_on", { state: found.state });
  return found;
}
