/** A draft written at the desk of a house, and its passing on to the person it is written for. */
import { randomUUID } from "node:crypto";
import { removeFiles } from "@/features/documents/service";
import { forgetDraftPictures, passOnDraftPictures } from "@/features/pictures/draft-service";
import { type Database, db } from "@/lib/db";
import { decrypt, encrypt } from "@/lib/encryption";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { codeHash, newCode } from "./pass-on-code";
import { submissionOf } from "./progress-queries";
import { UNCLAIMED_DAYS } from "./rules";
import { type Proponent, startDraft } from "./service";

/** As many drafts as one helper has open for others at a time. */
const MOST_OPEN = 20;
const DAY_MS = 86_400_000;

/** Opens a draft for somebody at the desk. @throws ConflictError where the helper has too many open */
export async function startForSomebody(
  who: Proponent,
  call: string,
  id: string = randomUUID(),
): Promise<string> {
  const { municipality, person } = who;
  const key = { municipality, draft: id };
  if (await db.draftHandover.findFirst({ where: { ...key, helper: person } })) return id;
  const open = await db.draftHandover.findMany({
    where: { municipality, helper: person, claimedBy: null },
    select: { draft: true },
  });
  const kept = await db.proposal.count({
    where: { municipality, id: { in: open.map(({ draft }) => draft) }, discardedAt: null },
  });
  if (kept >= MOST_OPEN) throw new ConflictError("too_many_for_others", { most: MOST_OPEN });
  const draft = await startDraft(who, call, undefined, id);
  await db.draftHandover.create({ data: { municipality, draft, helper: person } });
  return draft;
}

/** Makes the code by which the draft is taken; one that was made before opens nothing any more. */
export async function makeHandoverCode(who: Proponent, draft: string): Promise<void> {
  const { municipality, person } = who;
  const { code, expiresAt } = newCode();
  const { count } = await db.draftHandover.updateMany({
    where: { municipality, draft, helper: person, claimedBy: null },
    data: {
      codeHash: hashOf(code),
      sealedCode: encrypt(code, purposeOf(municipality, draft)),
      expiresAt,
    },
  });
  if (count === 0) throw new NotFoundError("draft_not_found");
}

/**
 * Takes a draft by its code: it is the person's from now on, with its place, its files and what was said of who proposes.
 * @returns the draft
 * @throws NotFoundError for a code that is none, was used, is over or whose draft was put aside
 */
export async function claimDraft(who: Proponent, code: string): Promise<string> {
  const { municipality, person } = who;
  return db.$transaction(async (tx) => {
    const found = await tx.draftHandover.findFirst({
      where: { municipality, codeHash: hashOf(code), claimedBy: null, expiresAt: { gt: new Date() } },
    });
    if (!found) throw new NotFoundError("handover_code_unknown");
    const { draft: id, helper } = found;
    if (helper === person) throw new ConflictError("handover_to_oneself");
    const draft = await tx.proposal.findFirst({
      where: { municipality, id, author: helper, submittedAt: null, discardedAt: null },
    });
    if (!draft || (await submissionOf(tx, municipality, id)).status !== "none")
      throw new NotFoundError("handover_code_unknown");
    // Of two who take it at once the second finds nobody's.
    const { count } = await tx.draftHandover.updateMany({
      where: { municipality, draft: id, claimedBy: null },
      data: { claimedBy: person, claimedAt: new Date(), codeHash: null, sealedCode: null, expiresAt: null },
    });
    if (count !== 1) throw new NotFoundError("handover_code_unknown");
    await passOn(tx, { municipality, id, from: helper, to: person }, draft);
    return id;
  });
}

/**
 * Erases drafts that nobody has taken and nobody has touched for so long, with their place, their files and what they say
 * of who proposes: a person whose draft it is not cannot ask for it. One whose code still opens it stays.
 */
export async function forgetUnclaimed(now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - UNCLAIMED_DAYS * DAY_MS);
  const open = await db.draftHandover.findMany({
    where: {
      ...{ claimedBy: null, createdAt: { lt: before } },
      OR: [{ expiresAt: null }, { expiresAt: { lt: now } }],
    },
    orderBy: { createdAt: "asc" },
  });
  for (const { municipality, draft } of open) {
    const own = { municipality, id: draft };
    const changed = await db.proposal.count({ where: { ...own, updatedAt: { gte: before } } });
    if (changed === 0) await eraseUnclaimed(own);
  }
}

async function eraseUnclaimed({ municipality, id }: { municipality: string; id: string }): Promise<void> {
  await removeFiles(municipality, { types: ["proposal"], id }, async (tx) => {
    const { count } = await tx.draftHandover.deleteMany({
      where: { municipality, draft: id, claimedBy: null },
    });
    // Taken at this moment: nothing of this transaction happens.
    if (count !== 1) throw new NotFoundError("draft_not_found");
    await forgetDraftPictures(tx, municipality, id);
    const draft = await tx.proposal.findUnique({ where: { municipality_id: { municipality, id } } });
    if (!draft) return;
    const { author, commons, subject } = draft;
    if (subject !== null && (await isOfThisDraftAlone(tx, municipality, id, subject)))
      await tx.subject.deleteMany({ where: { municipality, id: subject, representative: author } });
    await tx.proposal.delete({ where: { municipality_id: { municipality, id } } });
    if (commons !== null && (await tx.proposal.count({ where: { municipality, commons } })) === 0)
      await tx.commons.deleteMany({
        where: { municipality, id: commons, createdBy: author, publishedAt: null },
      });
  }).catch((error: unknown) => {
    if (!(error instanceof NotFoundError)) throw error;
  });
}

/** The code that its helper hands over, while it opens something. */
export async function handoverCode(
  who: Proponent,
  draft: string,
): Promise<{ code: string; until: Date } | undefined> {
  const { municipality, person } = who;
  const row = await db.draftHandover.findFirst({
    where: { municipality, draft, helper: person, claimedBy: null, expiresAt: { gt: new Date() } },
  });
  if (!row?.sealedCode || !row.expiresAt) return undefined;
  const code = decrypt(row.sealedCode, purposeOf(municipality, draft)).toString("utf8");
  return { code, until: row.expiresAt };
}

async function passOn(
  tx: Database,
  { municipality, id, from, to }: { municipality: string; id: string; from: string; to: string },
  { commons, subject }: { commons: string | null; subject: string | null },
): Promise<void> {
  if (commons)
    await tx.commons.updateMany({
      where: { municipality, id: commons, createdBy: from, publishedAt: null },
      data: { createdBy: to },
    });
  const isTheirs = subject !== null && (await isOfThisDraftAlone(tx, municipality, id, subject));
  if (subject && isTheirs)
    await tx.subject.updateMany({
      where: { municipality, id: subject, representative: from },
      data: { representative: to },
    });
  await tx.attachment.updateMany({
    where: { municipality, aboutType: "proposal", aboutId: id, uploadedBy: from },
    data: { uploadedBy: to },
  });
  await passOnDraftPictures(tx, municipality, id, to);
  await tx.proposal.update({
    where: { municipality_id: { municipality, id } },
    // Whom the helper represents elsewhere proposes nothing here.
    data: { author: to, ...(subject && !isTheirs && { subject: null }) },
  });
}

async function isOfThisDraftAlone(tx: Database, municipality: string, draft: string, subject: string) {
  const [elsewhere, onChain] = await Promise.all([
    tx.proposal.count({ where: { municipality, subject, id: { not: draft } } }),
    tx.chainSubject.count({ where: { municipality, id: subject } }),
  ]);
  return elsewhere === 0 && onChain === 0;
}

function hashOf(code: string): string {
  return codeHash("draft handover", code);
}

function purposeOf(municipality: string, draft: string): string {
  return `DraftHandover.sealedCode ${municipality}/${draft}`;
}
