/** Calling meetings, coming to them, changing, calling off and reporting them. */
import { z } from "zod";
import { attach, type Uploaded } from "@/features/documents/service";
import { CommandReusedError } from "@/ledger/client/outbox/errors";
import { type Database, db } from "@/lib/db";
import { ConflictError, InvalidInputError, NotAllowedError, NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { tellConvened, tellPromoted, tellRegistered, withdrawReminders } from "./meeting-events-service";
import { convenerOf, hasToWait, type MeetingAbout, promoted } from "./rules";
import type { MeetingWords, Minutes } from "./schema";
import { meetingSubject, type SubjectView } from "./subject-queries";

/** Coming meetings of one subject, without those that were called off. */
const MOST_COMING = 50;
/** The files of a meeting's minutes, among all files. */
export const MINUTES_FILES = "meeting";
/** Of one meeting. */
const MOST_FILES = 10;

/**
 * Calls a meeting; posted twice, it is called once.
 * @throws NotFoundError where there is nothing to meet about, NotAllowedError for whoever may not, ConflictError where it is
 * not the time for it
 */
export async function conveneMeeting(
  viewer: Viewer,
  municipality: string,
  about: MeetingAbout,
  values: MeetingWords,
  command: string,
): Promise<string> {
  const { subject, convener } = await requireConvener(viewer, municipality, about);
  if (!subject.isOpen) throw new ConflictError("meeting_not_now");
  const { places, ...words } = values;
  const written = {
    ...{ id: command, municipality, aboutType: about.type, aboutId: about.id, district: subject.district },
    ...{ ...words, places: places ?? null, convenedBy: viewer.id },
    ...(convener === "proponent" ? {} : convener),
  };
  await db.$transaction(async (tx) => {
    const of = { municipality, aboutType: about.type, aboutId: about.id };
    const coming = { ...of, endsAt: { gt: new Date() }, cancelledAt: null };
    if ((await tx.meeting.count({ where: { ...coming, id: { not: command } } })) >= MOST_COMING)
      throw new ConflictError("meeting_too_many", { most: MOST_COMING });
    const { count } = await tx.meeting.createMany({ data: [written], skipDuplicates: true });
    if (count === 0) {
      const own = { id: command, municipality, convenedBy: viewer.id };
      if ((await tx.meeting.count({ where: own })) === 0) throw new CommandReusedError(command);
      return;
    }
    await tellConvened(tx, { ...written, revision: 1 }, { actor: viewer.id, subjects: heard(subject) });
  });
  return command;
}

/** Changes a coming meeting and says why to those who are registered. */
export async function changeMeeting(
  viewer: Viewer,
  municipality: string,
  id: string,
  revision: number,
  values: MeetingWords,
  reason: string,
): Promise<void> {
  await managing(viewer, municipality, id, async (tx, held, subjects) => {
    requireComing(held);
    const places = values.places ?? null;
    const inside = held.registrations.filter(({ isWaiting }) => !isWaiting).length;
    if (places !== null && places < inside)
      throw new ConflictError("meeting_places_taken", { count: inside });
    await raise(tx, held, revision, { ...values, places, reason });
    await note(tx, held, "changed", viewer, reason);
    if (values.startsAt.getTime() !== held.startsAt.getTime())
      await withdrawReminders(tx, held, registeredFor(held));
    const changed = { id, municipality, startsAt: values.startsAt, revision: revision + 1 };
    await tellRegistered(tx, changed, "changed", { actor: viewer.id, subjects });
    await promote(tx, { ...held, ...changed, places });
  });
}

/** Calls a meeting off: it stays and says so, and everybody registered is told. */
export async function cancelMeeting(
  viewer: Viewer,
  municipality: string,
  id: string,
  revision: number,
  reason: string,
): Promise<void> {
  await managing(viewer, municipality, id, async (tx, held, subjects) => {
    requireComing(held);
    await raise(tx, held, revision, { cancelledAt: new Date(), reason });
    await note(tx, held, "cancelled", viewer, reason);
    await withdrawReminders(tx, held, registeredFor(held));
    const called = { ...held, revision: revision + 1 };
    await tellRegistered(tx, called, "cancelled", { actor: viewer.id, subjects });
  });
}

/**
 * Asked before files are received: @throws NotFoundError, NotAllowedError or ConflictError where this person writes no minutes
 * now, InvalidInputError on `files` where the meeting takes no more of them.
 */
export async function requireRoomForMinutes(
  viewer: Viewer,
  municipality: string,
  id: string,
  chosen: number,
): Promise<void> {
  await managing(viewer, municipality, id, (tx, held) => requireForMinutes(tx, held, chosen));
}

/** Writes what was said and how many were there, once it has begun; written again it replaces what stood there. */
export async function writeMinutes(
  viewer: Viewer,
  municipality: string,
  id: string,
  revision: number,
  { minutes, attendance }: Minutes,
  evidence: readonly Uploaded[],
): Promise<void> {
  await managing(viewer, municipality, id, async (tx, held, subjects) => {
    await requireForMinutes(tx, held, evidence.length);
    await raise(tx, held, revision, { minutes, attendance, minutesAt: new Date() });
    await note(tx, held, "minutes", viewer, "");
    const uploader = { municipality, person: viewer.id };
    for (const { id: upload } of evidence)
      await attach(tx, uploader, upload, { type: MINUTES_FILES, id, public: true });
    if (held.minutesAt === null)
      await tellRegistered(tx, { ...held, revision: revision + 1 }, "minutes", {
        actor: viewer.id,
        subjects,
      });
  });
}

/**
 * Registers for a meeting; asked for twice, it counts once.
 * @returns whether the person has to wait for a place
 */
export async function registerForMeeting(
  viewer: Viewer,
  municipality: string,
  id: string,
): Promise<{ isWaiting: boolean }> {
  return db.$transaction(async (tx) => {
    const held = await lockMeeting(tx, municipality, id);
    requireComing(held);
    const own = held.registrations.find(({ person }) => person === viewer.id);
    if (own) return { isWaiting: own.isWaiting };
    const isWaiting = hasToWait(held.registrations, held.places);
    await tx.meetingRegistration.create({
      data: { municipality, meeting: id, person: viewer.id, isWaiting },
    });
    return { isWaiting };
  });
}

/** Gives a place back; whoever waits longest gets it and is told. */
export async function leaveMeeting(viewer: Viewer, municipality: string, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const held = await lockMeeting(tx, municipality, id);
    const where = { municipality, meeting: id, person: viewer.id };
    const { count } = await tx.meetingRegistration.deleteMany({ where });
    if (count === 0) throw new NotFoundError("meeting_not_registered");
    await withdrawReminders(tx, held, [viewer.id]);
    const registrations = held.registrations.filter(({ person }) => person !== viewer.id);
    await promote(tx, { ...held, registrations });
  });
}

/** A person who is erased comes to nothing any more; those who wait get their places. */
export async function forgetRegistrationsOf(tx: Database, person: string): Promise<void> {
  const own = await tx.meetingRegistration.findMany({ where: { person }, orderBy: { meeting: "asc" } });
  for (const { municipality, meeting } of own) {
    const held = await lockMeeting(tx, municipality, meeting);
    await tx.meetingRegistration.deleteMany({ where: { meeting, person } });
    const registrations = held.registrations.filter((row) => row.person !== person);
    await promote(tx, { ...held, registrations });
  }
}

type Held = Awaited<ReturnType<typeof lockMeeting>>;

/** A meeting that nobody else changes or comes to until the transaction ends. */
async function lockMeeting(tx: Database, municipality: string, id: string) {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError("meeting_not_found");
  const there = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM public."Meeting" WHERE id = ${id}::uuid AND municipality = ${municipality} FOR UPDATE`;
  if (there.length === 0) throw new NotFoundError("meeting_not_found");
  return tx.meeting.findFirstOrThrow({ where: { id, municipality }, include: { registrations: true } });
}

function registeredFor({ registrations }: Held): string[] {
  return registrations.map(({ person }) => person);
}

async function managing(
  viewer: Viewer,
  municipality: string,
  id: string,
  change: (tx: Database, held: Held, subjects: string[]) => Promise<void>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const held = await lockMeeting(tx, municipality, id);
    const about = { type: held.aboutType, id: held.aboutId } as MeetingAbout;
    const { subject } = await requireConvener(viewer, municipality, about, tx);
    await change(tx, held, heard(subject));
  });
}

async function requireConvener(viewer: Viewer, municipality: string, about: MeetingAbout, tx?: Database) {
  const subject = await meetingSubject({ istatCode: municipality, slug: "" }, about, tx);
  if (!subject) throw new NotFoundError("meeting_subject_not_found");
  const convener = convenerOf(viewer, municipality, subject);
  if (!convener) throw new NotAllowedError("meeting_of_others");
  return { subject, convener };
}

/** Those who follow the district of a house hear of its meetings; other subjects have their commons, and so their district. */
function heard({ type, district, subjects }: SubjectView): string[] {
  return type === "house" && district !== null ? [...subjects, `district:${district}`] : subjects;
}

function requireComing({ cancelledAt, startsAt }: { cancelledAt: Date | null; startsAt: Date }): void {
  if (cancelledAt) throw new ConflictError("meeting_cancelled");
  if (startsAt <= new Date()) throw new ConflictError("meeting_begun");
}

/** Whether minutes can be written, with so many files more. */
async function requireForMinutes(tx: Database, held: Held, chosen: number): Promise<void> {
  if (held.cancelledAt) throw new ConflictError("meeting_cancelled");
  if (held.startsAt > new Date()) throw new ConflictError("meeting_not_begun");
  if (chosen === 0) return;
  const { municipality, id } = held;
  const there = await tx.attachment.count({ where: { municipality, aboutType: MINUTES_FILES, aboutId: id } });
  if (there + chosen > MOST_FILES) throw new InvalidInputError({ files: "meeting_files" });
}

/** @throws ConflictError where somebody else has changed it since the form was shown */
async function raise(tx: Database, { id }: Held, revision: number, data: object): Promise<void> {
  const { count } = await tx.meeting.updateMany({
    where: { id, revision },
    data: { ...data, revision: revision + 1 },
  });
  if (count !== 1) throw new ConflictError("meeting_changed");
}

async function note(
  tx: Database,
  { id, municipality, revision }: Held,
  what: "changed" | "cancelled" | "minutes",
  { id: by }: Viewer,
  reason: string,
): Promise<void> {
  await tx.meetingChange.create({
    data: { municipality, meeting: id, revision: revision + 1, what, reason, by },
  });
}

async function promote(
  tx: Database,
  meeting: Pick<
    Held,
    "id" | "municipality" | "startsAt" | "revision" | "places" | "registrations" | "cancelledAt"
  >,
): Promise<void> {
  if (meeting.cancelledAt || meeting.startsAt <= new Date()) return;
  const people = promoted(meeting.registrations, meeting.places);
  if (people.length === 0) return;
  await tx.meetingRegistration.updateMany({
    where: { meeting: meeting.id, person: { in: people } },
    data: { isWaiting: false },
  });
  await tellPromoted(tx, meeting, people);
}
