import type { Database } from "@/lib/db";
import { allows } from "@/protocol/workflow/table";

/** What became of the last time a dossier was sent to the ledger. */
export type Submission =
  | { status: "none" }
  | { status: "pending" }
  | { status: "recorded"; transactionId: string }
  | { status: "failed"; code: string; params: Record<string, string | number> };

/** The latest submission of a proposal, read from the outbox; whether it is on the ledger is the projection's to say. */
export async function submissionOf(tx: Database, municipality: string, id: string): Promise<Submission> {
  const item = await tx.outboxItem.findFirst({
    where: {
      municipality,
      subjectType: "proposal",
      subjectId: id,
      transaction: { in: ["proposals:submit", "proposals:integrate"] },
    },
    orderBy: { sequence: "desc" },
  });
  if (!item) return { status: "none" };
  if (item.status === "failed")
    return {
      status: "failed",
      code: item.errorCode ?? "ledger_refused",
      params: (item.errorParams ?? {}) as Record<string, string | number>,
    };
  if (item.status === "committed") return { status: "recorded", transactionId: item.transactionId ?? "" };
  return { status: "pending" };
}

/** A dossier is its author's to change until it is submitted, and again while it is sent back for completion. */
export function isEditable(state: string | undefined, submission: Submission): boolean {
  if (submission.status === "pending") return false;
  if (state === undefined) return submission.status !== "recorded";
  return allows("proposals:integrate", { proposal: state });
}
