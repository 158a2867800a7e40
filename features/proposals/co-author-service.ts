/** Writing a proposal together: who is invited, joins, leaves or is removed. Who hands it in stays one person, who represents those who propose. */
import { randomUUID } from "node:crypto";
import { tellPeople } from "@/features/notifications/event-service";
import { passOnDraftPictures } from "@/features/pictures/draft-service";
import { type Database, db } from "@/lib/db";
import { encrypt } from "@/lib/encryption";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { can, type Viewer } from "@/lib/permissions";
import { rolesHeld } from "@/lib/roles-held";
import { hashOfInvitation, purposeOfInvitation } from "./co-author-queries";
import { requireTaken } from "./handover-queries";
import { newCode } from "./pass-on-code";
import { isPublished, MOST_CO_AUTHORS, takesCoAuthors } from "./rules";
import type { Proponent } from "./service";

/** Makes a link by which one person may join. @throws ConflictError where there are enough, or the proposal is written no more */
export async function inviteCoAuthor(who: Proponent, draft: string): Promise<void> {
  const { municipality } = who;
  await db.$transaction(async (tx) => {
    await requireProponent(tx, who, draft);
    await requireTaken(tx, municipality, draft);
    await requireRoom(tx, municipality, draft);
    const id = randomUUID();
    const { code, expiresAt } = newCode();
    await tx.coAuthorInvitation.create({
      data: {
        ...{ id, municipality, proposal: draft, expiresAt, codeHash: hashOfInvitation(code) },
        sealedCode: encrypt(code, purposeOfInvitation(id)),
      },
    });
  });
}

/** The link opens nothing any more. */
export async function takeBackInvitation(who: Proponent, draft: string, invitation: string): Promise<void> {
  const { municipality } = who;
  await db.$transaction(async (tx) => {
    await requireProponent(tx, who, draft);
    const { count } = await tx.coAuthorInvitation.deleteMany({
      where: { municipality, proposal: draft, id: invitation },
    });
    if (count === 0) throw new NotFoundError("co_author_invitation_unknown");
  });
}

/**
 * Joins by the code of a link; its person writes along from now on, and is told what the proponent is told.
 * @returns the draft
 * @throws NotFoundError for a code that is none, was used or taken back, or is over
 */
export async function joinByCode(
  viewer: Viewer,
  municipality: string,
  joining: { code: string; showName: boolean },
): Promise<string> {
  const person = viewer.id;
  // Whoever signed in too lightly to act in their office holds it all the same.
  const roles = [...viewer.roles, ...(await rolesHeld(person))];
  return db.$transaction(async (tx) => {
    const found = await tx.coAuthorInvitation.findFirst({
      where: { municipality, codeHash: hashOfInvitation(joining.code), expiresAt: { gt: new Date() } },
      include: { of: true },
    });
    if (!found || found.of.discardedAt) throw new NotFoundError("co_author_invitation_unknown");
    const { proposal, of: draft } = found;
    if (draft.author === person) throw new ConflictError("co_author_oneself");
    const scored = await tx.chainAssessment.count({ where: { municipality, proposal, assessor: person } });
    // Whoever decides on proposals does not write them.
    if (scored > 0 || can({ ...viewer, roles }, municipality, "proposals:declareConflict"))
      throw new ConflictError("co_author_in_office");
    // Whose name is shown is asked once: an invitation is not used up by who is there already.
    if ((await tx.coAuthor.count({ where: { municipality, proposal, person } })) > 0)
      throw new ConflictError("co_author_already");
    await requireRoom(tx, municipality, proposal, { isInvited: true });
    // Of two who use one link at once the second finds none.
    const { count } = await tx.coAuthorInvitation.deleteMany({ where: { municipality, id: found.id } });
    if (count !== 1) throw new NotFoundError("co_author_invitation_unknown");
    await tx.coAuthor.createMany({
      data: [{ municipality, proposal, person, named: joining.showName }],
      skipDuplicates: true,
    });
    if (draft.submittedAt) await followOwn(tx, municipality, proposal, [person]);
    await tell(tx, { municipality, name: "coAuthors:joined", title: draft.title, actor: person }, [
      draft.author,
    ]);
    return proposal;
  });
}

/** A co-author writes no more. What they brought stays with the proposal. */
export async function leaveProposal(who: Proponent, draft: string): Promise<void> {
  const { municipality, person } = who;
  await db.$transaction(async (tx) => {
    const { author, title } = await endOf(tx, { municipality, proposal: draft, person });
    await tell(tx, { municipality, name: "coAuthors:left", title, actor: person }, [author]);
  });
}

/** Until it is published the proponent decides with whom they write. @throws ConflictError afterwards */
export async function removeCoAuthor(who: Proponent, draft: string, person: string): Promise<void> {
  const { municipality } = who;
  await db.$transaction(async (tx) => {
    await requireProponent(tx, who, draft);
    if (isPublished(await stateOf(tx, municipality, draft))) throw new ConflictError("co_author_stays");
    const { title } = await endOf(tx, { municipality, proposal: draft, person });
    await tx.subscription.deleteMany({ where: { municipality, person, kind: "proposal", subject: draft } });
    await tell(tx, { municipality, name: "coAuthors:removed", title, actor: who.person }, [person]);
  });
}

/** Part of erasing a person: they are no co-author any more, of earlier versions neither. */
export async function forgetCoAuthor(tx: Database, person: string): Promise<void> {
  const own = await tx.coAuthor.findMany({ where: { person } });
  for (const { municipality, proposal } of own) await endOf(tx, { municipality, proposal, person });
  await tx.coAuthorInvitation.deleteMany({ where: { of: { author: person } } });
  await tx.$executeRaw`UPDATE public."ProposalVersion" SET "coAuthors" = array_remove("coAuthors", ${person})
    WHERE ${person} = ANY("coAuthors")`;
}

/** Whoever hands a proposal in, or writes it, hears what becomes of it until they want it no more. */
export async function followOwn(
  tx: Database,
  municipality: string,
  subject: string,
  people: readonly string[],
): Promise<void> {
  await tx.subscription.createMany({
    data: people.map((person) => ({ municipality, person, kind: "proposal", subject })),
    skipDuplicates: true,
  });
}

type Membership = { municipality: string; proposal: string; person: string };

async function endOf(tx: Database, { municipality, proposal, person }: Membership) {
  const { count } = await tx.coAuthor.deleteMany({ where: { municipality, proposal, person } });
  if (count === 0) throw new NotFoundError("co_author_not_found");
  const row = await tx.proposal.findUniqueOrThrow({
    where: { municipality_id: { municipality, id: proposal } },
    select: { author: true, title: true },
  });
  await tx.attachment.updateMany({
    where: { municipality, aboutType: "proposal", aboutId: proposal, uploadedBy: person },
    data: { uploadedBy: row.author },
  });
  await passOnDraftPictures(tx, municipality, proposal, row.author, person);
  return row;
}

async function requireProponent(tx: Database, { municipality, person }: Proponent, id: string) {
  const draft = await tx.proposal.findFirst({
    where: { municipality, id, author: person, discardedAt: null },
    select: { id: true },
  });
  if (!draft) throw new NotFoundError("draft_not_found");
}

/** @throws ConflictError where nobody writes it any more, or as many do as may */
async function requireRoom(
  tx: Database,
  municipality: string,
  proposal: string,
  { isInvited = false } = {},
): Promise<void> {
  // One after the other, so that no more are invited than may be.
  await tx.$queryRaw`SELECT id FROM public."Proposal" WHERE municipality = ${municipality} AND id = ${proposal} FOR UPDATE`;
  if (!takesCoAuthors(await stateOf(tx, municipality, proposal)))
    throw new ConflictError("already_submitted");
  const [authors, invited] = await Promise.all([
    tx.coAuthor.count({ where: { municipality, proposal } }),
    tx.coAuthorInvitation.count({ where: { municipality, proposal, expiresAt: { gt: new Date() } } }),
  ]);
  if (authors + (isInvited ? 0 : invited) >= MOST_CO_AUTHORS)
    throw new ConflictError("co_authors_enough", { most: MOST_CO_AUTHORS });
}

async function stateOf(tx: Database, municipality: string, id: string): Promise<string | undefined> {
  const row = await tx.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } });
  return row?.state;
}

async function tell(
  tx: Database,
  { title, ...event }: { municipality: string; name: string; title: string; actor: string },
  people: readonly string[],
): Promise<void> {
  const about = { type: "mine", id: "" } as const;
  await tellPeople(
    tx,
    { ...event, id: randomUUID(), kind: "proposals", subjects: [], about, facts: { title } },
    people,
  );
}
