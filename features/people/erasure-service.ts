/** Erasing a person: what names them goes, what the law makes public or the ledger holds stays and points at nobody. */
import { anonymiseVoter } from "@/features/ballots/service";
import { forgetCommentsOf } from "@/features/comments/service";
import { forgetRegistrationsOf } from "@/features/meetings/service";
import { forgetNotificationsOf } from "@/features/notifications/mail-service";
import { forgetDraftPictures } from "@/features/pictures/draft-service";
import { forgetReportsOf } from "@/features/pictures/service";
import { forgetCoAuthor } from "@/features/proposals/co-author-service";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { forgetKeptFormsOf } from "@/lib/kept-form";
import { todayInItaly } from "@/lib/local-time";
import { securityEvent } from "@/lib/security-log";
import { endAllSessions } from "@/lib/session";
import { withdrawSigningKeys } from "./signing-keys-service";

/**
 * Erases a person in all municipalities. Their random identifier stays on the ledger and says nothing of anybody:
 * the row that knew whose it was keeps a name only where the person has held an office, whose acts are public.
 * @throws ConflictError while the person holds an office, or something of theirs is on its way to the ledger
 */
export async function erasePerson(person: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { erasable, fiscalNumberHash, wasOfficial } = await erasableState(tx, person);
    if (erasable !== true) throw new ConflictError(erasable);
    // First, so that a second request of the same person waits here and then finds nobody.
    const { count } = await tx.person.updateMany({
      where: { id: person, erasedAt: null },
      data: {
        ...{ erasedAt: new Date(), fiscalNumberHash: null, birthDateEncrypted: null, residence: null },
        ...(!wasOfficial && { displayName: null }),
      },
    });
    if (count !== 1) throw new NotFoundError();
    await endAllSessions(tx, person);
    await forgetKeptFormsOf(tx, person);
    await forgetCoAuthor(tx, person);
    await eraseDrafts(tx, person);
    await eraseSubjects(tx, person);
    await forgetNotificationsOf(tx, person);
    await tx.volunteerContact.deleteMany({ where: { person } });
    await tx.volunteerAccess.deleteMany({ where: { volunteer: person } });
    await tx.passkeyOffer.deleteMany({ where: { person } });
    await tx.attachment.deleteMany({ where: { uploadedBy: person, aboutType: "upload" } });
    await forgetReportsOf(tx, person);
    await forgetCommentsOf(tx, person);
    await forgetRegistrationsOf(tx, person);
    await tx.treasuryImport.deleteMany({ where: { person, state: "draft" } });
    await tx.mapDraft.deleteMany({ where: { person } });
    await anonymiseVoter(tx, person, fiscalNumberHash);
    await withdrawSigningKeys(tx, person);
  });
  securityEvent("person_erased", { person });
}

/** Why a person cannot be erased now, or `true`. */
export async function erasableState(
  tx: Database,
  person: string,
): Promise<{
  erasable: true | "erasure_office" | "erasure_pending";
  fiscalNumberHash: string | null;
  wasOfficial: boolean;
}> {
  const row = await tx.person.findUnique({
    where: { id: person, erasedAt: null },
    select: { fiscalNumberHash: true, _count: { select: { roles: true } } },
  });
  if (!row) throw new NotFoundError();
  const { fiscalNumberHash, _count: before } = row;
  const offices = await tx.chainOffice.findMany({
    where: { person },
    select: { state: true, endsOn: true },
  });
  const today = todayInItaly();
  const holdsOffice = offices.some(
    ({ state, endsOn }) => state !== "ended" && (endsOn === null || endsOn >= today),
  );
  const pending = await tx.outboxItem.count({
    where: { person, status: { in: ["to_sign", "queued", "sending"] } },
  });
  const erasable = holdsOffice ? "erasure_office" : pending > 0 ? "erasure_pending" : true;
  return { erasable, fiscalNumberHash, wasOfficial: before.roles + offices.length > 0 };
}

/** Dossiers that were never submitted, with their places and files. */
async function eraseDrafts(tx: Database, person: string): Promise<void> {
  const drafts = await tx.proposal.findMany({
    where: { author: person, submittedAt: null },
    select: { municipality: true, id: true },
  });
  for (const { municipality, id } of drafts) {
    await tx.attachment.deleteMany({ where: { municipality, aboutType: "proposal", aboutId: id } });
    await forgetDraftPictures(tx, municipality, id);
    await tx.draftHandover.deleteMany({ where: { municipality, draft: id } });
    await tx.proposal.deleteMany({ where: { municipality, id } });
  }
  const places = await tx.commons.findMany({
    where: { createdBy: person, publishedAt: null },
    select: { municipality: true, id: true },
  });
  for (const { municipality, id } of places)
    if ((await tx.proposal.count({ where: { municipality, commons: id } })) === 0)
      await tx.commons.deleteMany({ where: { municipality, id } });
}

/**
 * Those they represent: contacts go everywhere. What names a person or a group of people goes too, with the salt that
 * ties it to the ledger, unless a pact or public money stands in that name. Associations are nobody's personal data.
 */
async function eraseSubjects(tx: Database, person: string): Promise<void> {
  const subjects = await tx.subject.findMany({ where: { representative: person } });
  for (const { municipality, id, kind } of subjects) {
    const where = { municipality_id: { municipality, id } };
    const [onChain, proposals, paid] = await Promise.all([
      tx.chainSubject.findUnique({ where }),
      tx.chainProposal.findMany({ where: { municipality, subject: id }, select: { pact: true } }),
      tx.chainCommitment.count({ where: { municipality, OR: [{ payee: id }, { beneficiary: id }] } }),
    ]);
    // Whom an office registered to be paid is somebody else.
    if (onChain && onChain.representative !== person) continue;
    const needed = paid > 0 || proposals.some(({ pact }) => pact !== null);
    const used = (await tx.proposal.count({ where: { municipality, subject: id } })) > 0;
    if (!onChain && !used) await tx.subject.delete({ where });
    else if (needed || !["person", "informal_group"].includes(kind))
      await tx.subject.update({ where, data: { email: null } });
    else await tx.subject.update({ where, data: { name: "", fiscalCode: null, email: null, salt: "" } });
  }
}
