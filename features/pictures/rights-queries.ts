/** Where a person may add pictures: to their own proposal, to a pact they are party to, or by office. */

import { isEditable, submissionOf } from "@/features/proposals/progress-queries";
import { isWriter, writtenBy } from "@/features/proposals/writers-queries";
import { db } from "@/lib/db";
import { can, type Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";
import type { PictureSubject } from "./rules";

/** Where the picture is shown; undefined where this person may not add one, or there is nothing that anyone may see. */
export async function mayAdd(
  municipality: string,
  viewer: Viewer,
  { type, id }: PictureSubject,
): Promise<{ commons: string | null } | undefined> {
  const byOffice = can(viewer, municipality, "pictures:moderate");
  switch (type) {
    case "municipality":
      return byOffice && id === municipality ? { commons: null } : undefined;
    case "house":
      return byOffice && (await db.house.count({ where: { municipality, id } })) > 0
        ? { commons: null }
        : undefined;
    case "commons":
      return byOffice && (await isPublished(municipality, id)) ? { commons: id } : undefined;
    case "proposal": {
      const proposal = await db.chainProposal.findUnique({
        where: { municipality_id: { municipality, id } },
      });
      if (!proposal || proposal.state === "submitted") return undefined;
      const allowed = byOffice || proposal.representative === viewer.id;
      return allowed && (await isPublished(municipality, proposal.commons))
        ? { commons: proposal.commons }
        : undefined;
    }
    case "draft":
      return (await isOwnDraft(municipality, id, viewer)) ? { commons: null } : undefined;
    case "pact": {
      const pact = await db.chainPact.findUnique({ where: { municipality_id: { municipality, id } } });
      if (!pact || ["draft", "withdrawn"].includes(pact.state)) return undefined;
      const allowed =
        byOffice || (await represents(municipality, pact.record as unknown as RecordOf<"pact">, viewer));
      return allowed && (await isPublished(municipality, pact.commons))
        ? { commons: pact.commons }
        : undefined;
    }
  }
}

/** What of a commons this person may add pictures to. */
export async function subjectsFor(
  municipality: string,
  commons: string,
  viewer: Viewer | undefined,
): Promise<PictureSubject[]> {
  if (!viewer) return [];
  const [proposals, pacts] = await Promise.all([
    db.chainProposal.findMany({ where: { municipality, commons }, select: { id: true } }),
    db.chainPact.findMany({ where: { municipality, commons }, select: { id: true } }),
  ]);
  const all: PictureSubject[] = [
    { type: "commons", id: commons },
    ...proposals.map(({ id }) => ({ type: "proposal" as const, id })),
    ...pacts.map(({ id }) => ({ type: "pact" as const, id })),
  ];
  const allowed = await Promise.all(all.map((subject) => mayAdd(municipality, viewer, subject)));
  return all.filter((_, index) => allowed[index] !== undefined);
}

/** Whether this person is writing the dossier; what is submitted stays as the offices have it. */
async function isOwnDraft(municipality: string, id: string, viewer: Viewer): Promise<boolean> {
  const [draft, onChain, submission] = await Promise.all([
    db.proposal.count({ where: { municipality, id, discardedAt: null, ...writtenBy(viewer.id) } }),
    db.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } }),
    submissionOf(db, municipality, id),
  ]);
  // One that is public already has its pictures on its commons.
  return draft > 0 && onChain === null && isEditable(undefined, submission);
}

async function isPublished(municipality: string, id: string): Promise<boolean> {
  return (await db.commons.count({ where: { municipality, id, publishedAt: { not: null } } })) > 0;
}

async function represents(municipality: string, pact: RecordOf<"pact">, viewer: Viewer): Promise<boolean> {
  const subjects = pact.parties.flatMap(({ subject }) => subject ?? []);
  return (
    (await db.chainSubject.count({
      where: { municipality, id: { in: subjects }, representative: viewer.id },
    })) > 0
  );
}

/** Whoever added a picture, whoever writes the draft that it belongs to, and, of what is no draft, those who moderate. */
export async function answersFor(
  picture: { municipality: string; aboutType: string; aboutId: string; uploadedBy: string },
  viewer: Viewer | undefined,
): Promise<boolean> {
  const { municipality, aboutType, aboutId, uploadedBy } = picture;
  if (uploadedBy === viewer?.id) return true;
  return aboutType === "draft"
    ? isWriter(municipality, aboutId, viewer)
    : can(viewer, municipality, "pictures:moderate");
}
