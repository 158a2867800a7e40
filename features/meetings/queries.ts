import "server-only";
import { z } from "zod";
import { attachmentsOf } from "@/features/documents/queries";
import type { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";
import { levelNeeded, type Viewer } from "@/lib/permissions";
import { areNamesShown, type Convener, convenerOf, type MeetingAbout } from "./rules";
import type { MeetingFilter } from "./schema";
import { MINUTES_FILES } from "./service";
import { meetingSubject } from "./subject-queries";

export type MeetingView = {
  id: string;
  about: MeetingAbout;
  title: string;
  place: string;
  link: string;
  startsAt: Date;
  endsAt: Date;
  language: "it" | "en";
  cancelledAt: Date | null;
  reason: string;
  hasMinutes: boolean;
  fictional: boolean;
};

export const PER_PAGE = 20;

/** Meetings of a municipality: those to come, the next first, and a page of those that are over, the latest first. */
export async function meetingsIn(municipality: string, { zona, pagina }: MeetingFilter) {
  const of = { municipality, ...(zona !== undefined && { district: zona }) };
  const now = new Date();
  const past = { ...of, endsAt: { lte: now } };
  const [coming, count, districts] = await Promise.all([
    db.meeting.findMany({ where: { ...of, endsAt: { gt: now } }, orderBy: inOrder, take: 200 }),
    db.meeting.count({ where: past }),
    db.meeting.findMany({
      where: { municipality, district: { not: null } },
      distinct: ["district"],
      select: { district: true },
      orderBy: { district: "asc" },
    }),
  ]);
  const pages = pagesOf(count, PER_PAGE);
  const page = Math.min(pagina, pages);
  const rows = await db.meeting.findMany({
    where: past,
    orderBy: [{ startsAt: "desc" }, { id: "asc" }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
  });
  return {
    ...{ coming: coming.map(viewOf), past: rows.map(viewOf), count, page, pages },
    districts: districts.flatMap(({ district }) => district ?? []),
  };
}

/** Meetings about one thing: those to come, and the latest of those that are over. */
export async function meetingsAbout(municipality: string, about: MeetingAbout): Promise<MeetingView[]> {
  const of = { municipality, aboutType: about.type, aboutId: about.id };
  const now = new Date();
  const [coming, past] = await Promise.all([
    db.meeting.findMany({ where: { ...of, endsAt: { gt: now } }, orderBy: inOrder, take: 50 }),
    db.meeting.findMany({ where: { ...of, endsAt: { lte: now } }, orderBy: { startsAt: "desc" }, take: 10 }),
  ]);
  return [...coming, ...past].map(viewOf);
}

/** In whose name somebody may call a meeting about something now; undefined where they may not. */
export async function mayConvene(
  municipality: { istatCode: string; slug: string },
  viewer: Viewer | undefined,
  about: MeetingAbout,
): Promise<boolean> {
  if (!viewer) return false;
  const subject = await meetingSubject(municipality, about);
  return subject?.isOpen === true && convenerOf(viewer, municipality.istatCode, subject) !== undefined;
}

/** One meeting as anyone reads it, with what is one's own in it; null where there is none in the municipality. */
export async function meetingById(
  municipality: { istatCode: string; slug: string },
  id: string,
  viewer: Viewer | undefined,
) {
  const { istatCode } = municipality;
  const found = await rowById(municipality, id);
  if (!found) return null;
  const { row, subject } = found;
  const [registered, waiting, own, files] = await Promise.all([
    db.meetingRegistration.count({ where: { municipality: istatCode, meeting: id, isWaiting: false } }),
    db.meetingRegistration.count({ where: { municipality: istatCode, meeting: id, isWaiting: true } }),
    viewer && ownPlace(istatCode, id, viewer),
    attachmentsOf(municipality, { type: MINUTES_FILES, id }, undefined),
  ]);
  const convener: Convener =
    row.organisation && row.role
      ? ({ organisation: row.organisation, role: row.role } as Exclude<Convener, "proponent">)
      : "proponent";
  return {
    ...viewOf(row),
    ...{ agenda: row.agenda, places: row.places, revision: row.revision, minutes: row.minutes },
    ...{ attendance: row.attendance, minutesAt: row.minutesAt, registered, waiting, own, files, subject },
    ...{ convener, mayManage: convenerOf(viewer, istatCode, subject) !== undefined },
  };
}
export type Registered = { name: string; isWaiting: boolean; at: Date };
export type MeetingPage = NonNullable<Awaited<ReturnType<typeof meetingById>>>;

/**
 * Who comes and who waits, in their order, for whoever calls the meeting and until its minutes are written; nobody else is
 * told a name, and nobody whose sign-in was too light for calling one.
 */
export async function registeredAt(
  municipality: { istatCode: string; slug: string },
  id: string,
  viewer: Viewer,
  level: number,
): Promise<Registered[]> {
  if (level < levelNeeded("meetings:convene")) return [];
  const found = await rowById(municipality, id);
  if (!found || convenerOf(viewer, municipality.istatCode, found.subject) === undefined) return [];
  if (!areNamesShown(found.row, new Date())) return [];
  const rows = await db.meetingRegistration.findMany({
    where: { municipality: municipality.istatCode, meeting: id },
    orderBy: { number: "asc" },
  });
  const people = await db.person.findMany({
    where: { id: { in: rows.map(({ person }) => person) } },
    select: { id: true, displayName: true },
  });
  const nameOf = new Map(people.map((row) => [row.id, row.displayName ?? ""]));
  return rows.map(({ person, isWaiting, createdAt }) => ({
    ...{ name: nameOf.get(person) ?? "", isWaiting, at: createdAt },
  }));
}

/** Meetings that somebody is registered for and that are not over, the next first. */
export async function ownMeetings(
  municipality: string,
  viewer: Viewer,
): Promise<(MeetingView & { isWaiting: boolean })[]> {
  const rows = await db.meetingRegistration.findMany({
    where: { municipality, person: viewer.id, of: { endsAt: { gt: new Date() } } },
    include: { of: true },
    orderBy: { of: { startsAt: "asc" } },
    take: 100,
  });
  return rows.map(({ of, isWaiting }) => ({ ...viewOf(of), isWaiting }));
}

/** A meeting with what it is about; null where there is none in the municipality, or nobody may read of that. */
async function rowById(municipality: { istatCode: string; slug: string }, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  const row = await db.meeting.findFirst({ where: { id, municipality: municipality.istatCode } });
  const subject = row && (await meetingSubject(municipality, viewOf(row).about));
  return row && subject ? { row, subject } : null;
}

async function ownPlace(municipality: string, meeting: string, { id: person }: Viewer) {
  const own = await db.meetingRegistration.findFirst({ where: { municipality, meeting, person } });
  if (!own) return undefined;
  const before = { municipality, meeting, isWaiting: true, number: { lt: own.number } };
  const position = own.isWaiting ? (await db.meetingRegistration.count({ where: before })) + 1 : 0;
  return { isWaiting: own.isWaiting, position };
}

const inOrder = [{ startsAt: "asc" as const }, { id: "asc" as const }];

type Row = Prisma.MeetingGetPayload<object>;

function viewOf(row: Row): MeetingView {
  const { id, title, place, link, startsAt, endsAt, cancelledAt, reason, fictional } = row;
  return {
    ...{ id, title, place, link, startsAt, endsAt, cancelledAt, reason, fictional },
    about: { type: row.aboutType, id: row.aboutId } as MeetingAbout,
    language: row.language === "en" ? "en" : "it",
    hasMinutes: row.minutesAt !== null,
  };
}
