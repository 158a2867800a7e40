import "server-only";
import { talkOfPerson } from "@/features/comments/export-queries";
import { meetingsOfPerson } from "@/features/meetings/export-queries";
import { ownAddress } from "@/features/notifications/mail-service";
import { picturesOfPerson } from "@/features/pictures/queries";
import { DRAFT_VARIANT, VARIANT } from "@/features/pictures/rules";
import { devicesWithAddresses } from "@/features/push/device-service";
import { contactPurpose } from "@/features/volunteers/rules";
import { db } from "@/lib/db";
import { decrypt } from "@/lib/encryption";
import type { RecordOf } from "@/protocol/records";
import { erasableState } from "./erasure-service";
import { personalData } from "./queries";

/**
 * Everything that is kept of a person, for that person alone: dates as ISO text, amounts as integer cents in text.
 * Of votes only that they were cast: what was voted is not kept beside who.
 */
export async function personalExport(person: string): Promise<object> {
  const [address, devices, about, row, offices, municipalities] = await Promise.all([
    ownAddress({ id: person }),
    devicesWithAddresses({ id: person }),
    personalData(person),
    db.person.findUniqueOrThrow({ where: { id: person }, include: { roles: { orderBy: { since: "asc" } } } }),
    db.chainOffice.findMany({ where: { person }, orderBy: { id: "asc" } }),
    db.municipality.findMany({
      where: { active: true },
      select: { istatCode: true, name: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return {
    exportedAt: new Date(),
    person: {
      ...{ identifier: person, ...about, knownSince: row.createdAt },
      ...(address && { mailAddress: address.address }),
      ...(devices.length > 0 && { devicesToldAtOnce: devices }),
    },
    offices: offices.map(({ record }) => {
      const { municipality, organisation, role, district, from, until, state } = record as RecordOf<"office">;
      return { municipality, organisation, role, district, from, until, state };
    }),
    rolesBeforeTheRegister: row.roles.map(
      ({ municipality, organisation, role, house, district, since, until }) => ({
        ...{ municipality, organisation, role, house, district, since, until },
      }),
    ),
    municipalities: await Promise.all(
      municipalities.map(async ({ istatCode, name }) => ({
        ...{ istatCode, name },
        ...(await inMunicipality(istatCode, person)),
      })),
    ),
  };
}

/** How much of a person there is, for the page that asks whether to erase it. */
export async function personalCounts(person: string) {
  const [drafts, submitted, comments, follows, adhesions, votes] = await Promise.all([
    db.proposal.count({ where: { author: person, submittedAt: null } }),
    db.proposal.count({ where: { author: person, submittedAt: { not: null } } }),
    db.comment.count({ where: { author: person } }),
    db.subscription.count({ where: { person } }),
    db.chainAdhesion.count({ where: { person, withdrawn: false } }),
    db.voterKey.count({ where: { person, seq: { gt: 0 } } }),
  ]);
  return { drafts, submitted, comments, follows, adhesions, votes };
}

/** `true`, or the code of the sentence that says why a person cannot be erased now. */
export async function mayBeErased(person: string): Promise<true | "erasure_office" | "erasure_pending"> {
  return (await erasableState(db, person)).erasable;
}

async function inMunicipality(municipality: string, person: string) {
  const own = { municipality, author: person };
  const [
    proposals,
    subjects,
    commons,
    files,
    texts,
    follows,
    assigned,
    numbers,
    contacts,
    treasuryImports,
    mapDrafts,
    background,
    emblem,
  ] = await Promise.all([
    db.proposal.findMany({ where: own, include: { versions: true }, orderBy: { createdAt: "asc" } }),
    db.subject.findMany({ where: { municipality, representative: person } }),
    db.commons.findMany({ where: { municipality, createdBy: person } }),
    db.attachment.findMany({
      where: { municipality, uploadedBy: person, aboutType: { notIn: [VARIANT, DRAFT_VARIANT] } },
      include: { file: true },
    }),
    db.saltedText.findMany({ where: own, orderBy: { createdAt: "asc" } }),
    db.subscription.findMany({ where: { municipality, person } }),
    db.dutyAssignment.findMany({
      where: { municipality, OR: [{ assignee: person }, { by: person }] },
      orderBy: { createdAt: "asc" },
    }),
    db.protocolNumber.findMany({ where: { municipality, by: person }, orderBy: { createdAt: "asc" } }),
    db.municipalityProfile.findFirst({ where: { municipality, changedBy: person } }),
    db.treasuryImport.findMany({ where: { municipality, person }, orderBy: { createdAt: "asc" } }),
    db.mapDraft.findMany({ where: { municipality, person }, select: { fileName: true, createdAt: true } }),
    db.mapBackground.findFirst({ where: { municipality, changedBy: person } }),
    db.municipalityEmblem.findFirst({ where: { municipality, changedBy: person } }),
  ]);
  return {
    proposals: proposals.map(({ id, title, summary, dossier, costCents, versions, ...row }) => ({
      ...{ id, title, summary, answers: dossier, costCents: costCents?.toString() ?? null },
      ...{ createdAt: row.createdAt, submittedAt: row.submittedAt, discardedAt: row.discardedAt },
      versions: versions.map(({ version, content, digest, createdAt }) => ({
        ...{ version, content, digest, createdAt },
      })),
    })),
    represented: subjects.map(({ id, kind, name, fiscalCode, email }) => ({
      ...{ id, kind, name, fiscalCode, email },
    })),
    places: commons.map(({ id, name, kind, description, address, lat, lon }) => ({
      ...{ id, name, kind, description, address, lat, lon },
    })),
    files: files.map(({ name, hash, aboutType, createdAt, file }) => ({
      ...{ name, bytes: file.size, sha256: hash, partOf: aboutType, createdAt },
    })),
    ...(await talkOfPerson(municipality, person)),
    ...(await meetingsOfPerson(municipality, person)),
    texts: texts.map(({ text, digest, public: isPublic, createdAt }) => ({
      ...{ text, digest, public: isPublic, createdAt },
    })),
    treasuryImports: treasuryImports.map(({ id, state, digests, createdAt, importedAt }) => ({
      ...{ id, state, digests, createdAt, importedAt },
    })),
    follows: follows.map(({ kind, subject, createdAt }) => ({ kind, subject, createdAt })),
    ...(await toldOf(municipality, person)),
    ...(await newslettersOf(municipality, person)),
    dutiesTakenOn: assigned.map(({ transaction, record, assignee, by, createdAt }) => ({
      ...{ transaction, record, toOneself: assignee === person, byOneself: by === person, createdAt },
    })),
    protocolNumbers: numbers.map(({ record, number, createdAt }) => ({ record, number, createdAt })),
    ...(await picturesOfPerson(municipality, person)),
    ...(await forHouses(municipality, person)),
    ...(await withOthers(municipality, person)),
    ...(contacts && { contactsWrittenAt: contacts.changedAt }),
    ...(mapDrafts.length > 0 && { mapDrafts }),
    ...(emblem && { emblemChangedAt: emblem.changedAt }),
    ...(background && { mapBackgroundChangedAt: background.changedAt }),
    ...(await onLedger(municipality, person)),
  };
}

/** Newsletters that a person wrote or sent for the Comune. */
async function newslettersOf(municipality: string, person: string) {
  const where = { municipality, OR: [{ createdBy: person }, { sentBy: person }] };
  const rows = await db.newsletter.findMany({ where, orderBy: { createdAt: "asc" } });
  const newsletters = rows.map(({ titleIt, createdBy, createdAt, sentBy, sentAt }) => ({
    ...{ title: titleIt, ...(createdBy === person && { writtenAt: createdAt }) },
    ...(sentBy === person && { sentAt }),
  }));
  return newsletters.length > 0 ? { newsletters } : {};
}

/** What a person was told, by what mail, and how often they want to be. */
async function toldOf(municipality: string, person: string) {
  const own = { municipality, person };
  const [notifications, frequencies, mails] = await Promise.all([
    db.notification.findMany({ where: own, orderBy: { createdAt: "asc" } }),
    db.notificationPreference.findMany({ where: own, orderBy: { kind: "asc" } }),
    db.mail.findMany({ where: own, orderBy: { createdAt: "asc" } }),
  ]);
  return {
    notifications: notifications.map(({ event, kind, createdAt, readAt }) => ({
      ...{ event, kind, createdAt, readAt },
    })),
    notificationFrequencies: frequencies.map(({ kind, frequency }) => ({ kind, frequency })),
    mails: mails.map(({ kind, state, createdAt, settledAt }) => ({ kind, state, createdAt, settledAt })),
  };
}

/** What a person changed on the pages of houses. */
async function forHouses(municipality: string, person: string) {
  const [changes, events, named] = await Promise.all([
    db.houseChange.findMany({ where: { municipality, by: person }, orderBy: { createdAt: "asc" } }),
    db.houseEvent.findMany({ where: { municipality, createdBy: person } }),
    db.housePerson.findMany({ where: { municipality, addedBy: person } }),
  ]);
  return {
    changesOfHouses: changes.map(({ house, kind, createdAt }) => ({ house, kind, createdAt })),
    eventsOfHouses: events.map(({ house, title, startsAt, createdAt }) => ({
      ...{ house, title, startsAt, createdAt },
    })),
    // Who they are is those people's data.
    peopleNamedAtHouses: named.map(({ house, createdAt }) => ({ house, createdAt })),
  };
}

/** Drafts written together, that a person agreed to be contacted, who looked, at whom they looked themselves, and what ANPR was asked. */
async function withOthers(municipality: string, person: string) {
  const [written, helped, contacts, looks, own, lookups] = await Promise.all([
    db.coAuthor.findMany({ where: { municipality, person }, include: { of: { select: { title: true } } } }),
    db.draftHandover.findMany({ where: { municipality, OR: [{ helper: person }, { claimedBy: person }] } }),
    db.volunteerContact.findMany({ where: { municipality, person } }),
    db.volunteerAccess.findMany({ where: { municipality, volunteer: person } }),
    db.volunteerAccess.findMany({ where: { municipality, person } }),
    db.residenceLookup.findMany({ where: { municipality, person }, orderBy: { createdAt: "asc" } }),
  ]);
  return {
    proposalsCoAuthored: written.map(({ proposal, named, since, of: { title } }) => ({
      ...{ proposal, title, nameShown: named, since },
    })),
    draftsWrittenTogether: helped.map(({ draft, helper, createdAt, claimedAt }) => ({
      ...{ draft, asHelper: helper === person, createdAt, claimedAt },
    })),
    agreedToBeContacted: contacts.map((row) => ({
      ...{ proposal: row.proposal, channel: row.channel, agreedAt: row.agreedAt },
      contact: decrypt(row.sealed, contactPurpose(row)).toString("utf8"),
    })),
    looksAtTheContact: looks.map(({ proposal, createdAt }) => ({ proposal, createdAt })),
    looksAtVolunteers: own.map(({ proposal, createdAt }) => ({ proposal, createdAt })),
    questionsToAnpr: lookups.map(({ service, operation, createdAt, askedAt, outcome }) => ({
      ...{ service, operation, createdAt, askedAt, outcome },
    })),
  };
}

/** What stands on the ledger under the person's random identifier. */
async function onLedger(municipality: string, person: string) {
  const [votes, transactions, offices, passkeys, offers, papers] = await Promise.all([
    db.voterKey.findMany({ where: { municipality, person, seq: { gt: 0 } } }),
    db.chainTransaction.findMany({ where: { municipality, person }, orderBy: [{ block: "asc" }] }),
    db.chainOffice.findMany({ where: { municipality, person }, orderBy: { startsOn: "asc" } }),
    db.chainPasskey.findMany({ where: { municipality, person } }),
    db.passkeyOffer.findMany({ where: { municipality, person } }),
    db.chainPaper.findMany({ where: { municipality, person }, orderBy: { recordedOn: "asc" } }),
  ]);
  return {
    officesOfRegister: offices.map(({ record }) => record),
    passkeys: [...passkeys.map(({ record }) => record), ...offers],
    signedOnPaper: papers.map(({ record }) => record),
    votes: votes.map(({ round, createdAt }) => ({ round, firstCastAt: createdAt })),
    transactions: transactions.map(({ id, name, day, block }) => ({
      ...{ id, name, day, block: block.toString() },
    })),
  };
}
