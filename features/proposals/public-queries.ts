import "server-only";
import { type AttachmentView, attachmentsOf, textOf } from "@/features/documents/queries";
import { pendingItems } from "@/ledger/client/outbox/pending";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { Answers } from "./dossier";
import { type CommentView, commentsOn, latestVersion } from "./queries";

export type PublicProposal = {
  dossier: Answers | null;
  attachments: AttachmentView[];
  comments: CommentView[];
  /** Why it was sent back or not admitted, in the office's words. */
  reason: string | null;
};

/** What anyone may read of a published proposal beside its summary. */
export async function publicProposal(
  municipality: { istatCode: string; slug: string },
  proposal: { id: string; reasonDigest: string | null },
  viewer: Viewer | undefined,
): Promise<PublicProposal> {
  const { istatCode } = municipality;
  const [version, attachments, comments, reason] = await Promise.all([
    latestVersion(istatCode, proposal.id),
    attachmentsOf(municipality, { type: "proposal", id: proposal.id }, viewer),
    commentsOn(istatCode, proposal.id, viewer),
    proposal.reasonDigest ? textOf(istatCode, proposal.reasonDigest, viewer) : undefined,
  ]);
  // Acts about a proposal are kept beside it too; they are told where they were used, in the thread.
  const own = attachments.filter(({ hash }) => version?.attachments.includes(hash));
  return { dossier: version?.answers ?? null, attachments: own, comments, reason: reason ?? null };
}

export type PendingAdhesion = { proposal: string; kind: "adhering" | "withdrawing" };

/** A person's adhesions and withdrawals that the ledger does not have yet; the last one asked for of each proposal. */
export async function pendingAdhesions(
  municipality: string,
  viewer: Viewer | undefined,
): Promise<PendingAdhesion[]> {
  if (!viewer) return [];
  const items = await pendingItems(db, { municipality, person: viewer.id });
  return items.flatMap(({ status, transaction, subject }): PendingAdhesion[] => {
    const proposal = subject.id.split("/")[0];
    if (status !== "waiting" || subject.type !== "adhesion" || !proposal) return [];
    return [{ proposal, kind: transaction === "proposals:adhere" ? "adhering" : "withdrawing" }];
  });
}
