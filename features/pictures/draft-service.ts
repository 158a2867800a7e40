/** Pictures that belong to a dossier nobody has published: its author's, and the offices' once it is submitted. */
import type { Database } from "@/lib/db";
import { DRAFT_VARIANT, SOURCE, VARIANT } from "./rules";

/** With a proposal its pictures become public, on the commons that it is about. */
export async function publishDraftPictures(
  tx: Database,
  municipality: string,
  draft: string,
  commons: string,
): Promise<void> {
  const ids = await picturesOfDraft(tx, municipality, draft);
  await tx.picture.updateMany({
    where: { municipality, id: { in: ids }, removedAt: null },
    data: { aboutType: "proposal", commons },
  });
  await tx.attachment.updateMany({
    where: { municipality, aboutType: DRAFT_VARIANT, aboutId: { in: ids } },
    data: { aboutType: VARIANT, public: true },
  });
}

/**
 * The pictures go along with a draft that is handed over: from then on they are whose it is. With `addedBy`, those alone that this
 * person has added.
 */
export async function passOnDraftPictures(
  tx: Database,
  municipality: string,
  draft: string,
  person: string,
  addedBy?: string,
): Promise<void> {
  const ids = await picturesOfDraft(tx, municipality, draft);
  const data = { uploadedBy: person };
  const added = addedBy === undefined ? {} : { uploadedBy: addedBy };
  await tx.picture.updateMany({ where: { municipality, id: { in: ids }, ...added }, data });
  await tx.attachment.updateMany({
    where: { municipality, aboutType: { in: [SOURCE, DRAFT_VARIANT] }, aboutId: { in: ids }, ...added },
    data,
  });
}

/** Forgets the pictures of a draft that is erased. Their bytes go when files that nothing holds are swept. */
export async function forgetDraftPictures(tx: Database, municipality: string, draft: string): Promise<void> {
  const ids = await picturesOfDraft(tx, municipality, draft);
  await tx.attachment.deleteMany({
    where: { municipality, aboutType: { in: [SOURCE, DRAFT_VARIANT] }, aboutId: { in: ids } },
  });
  await tx.picture.deleteMany({ where: { municipality, id: { in: ids } } });
}

async function picturesOfDraft(tx: Database, municipality: string, draft: string): Promise<string[]> {
  const rows = await tx.picture.findMany({
    where: { municipality, aboutType: "draft", aboutId: draft },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
