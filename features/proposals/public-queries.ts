import "server-only";
import { type Discussion, discussionOn } from "@/features/comments/queries";
import { type AttachmentView, attachmentsOf, textOf } from "@/features/documents/queries";
import { pendingItems } from "@/ledger/client/outbox/pending";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { type NamedCoAuthors, namedCoAuthors } from "./co-author-queries";
import type { Answers } from "./dossier";
import { type Merges, mergesOf } from "./merges-queries";
import { latestVersion } from "./queries";

export type PublicProposal = {
  dossier: Answers | null;
  attachments: AttachmentView[];
  /** The first threads about it. */
  discussion: Discussion;
  merges: Merges;
  coAuthors: NamedCoAuthors;
  /** How often it was handed in. */
  versions: number;
  /** Why it was sent back or not admitted, in the office's words. */
  reason: string | null;
};

/** Beside the proposal itself; the rest has a page of its own. */
const THREADS_SHOWN = 5;

/** What anyone may read of a published proposal beside its summary. */
export async function publicProposal(
  municipality: { istatCode: string; slug: string },
  proposal: { id: string; reasonDigest: string | null },
  viewer: Viewer | undefined,
): Promise<PublicProposal> {
  const { istatCode } = municipality;
  const [version, attachments, discussion, versions, merges, coAuthors, reason] = await Promise.all([
    latestVersion(istatCode, proposal.id),
    attachmentsOf(municipality, { type: "proposal", id: proposal.id }, viewer),
    discussionOn(istatCode, { type: "proposal", id: proposal.id }, viewer, { most: THREADS_SHOWN }),
    db.proposalVersion.count({ where: { municipality: istatCode, proposal: proposal.id } }),
    mergesOf(istatCode, proposal.id),
    namedCoAuthors(istatCode, proposal.id),
    proposal.reasonDigest ? textOf(istatCode, proposal.reasonDigest, viewer) : undefined,
  ]);
  // Acts about a proposal are kept beside it too; they are told where they were used, in the thread.
  const own = attachments.filter(({ hash }) => version?.attachments.includes(hash));
  return {
    ...{ dossier: version?.answers ?? null, attachments: own, discussion, versions, merges },
    coAuthors,
    reason: reason ?? null,
  };
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
