import "server-only";
import { namesOf } from "@/features/register/queries";
import { db } from "@/lib/db";
import { type HouseChangeKind, lastChange } from "./change-service";
import { isHouseInUse } from "./use-queries";

/** Events stay in the calendar file for so long after they ended. */
const KEPT_DAYS = 60;

export type HouseEventView = {
  id: string;
  title: string;
  text: string;
  place: string;
  startsAt: Date;
  endsAt: Date;
  cancelledAt: Date | null;
  createdAt: Date;
};

export type HousePersonView = {
  id: string;
  name: string;
  task: string;
  email: string | null;
  phone: string | null;
};

/** Whom a house names, what takes place there from now on, and when its page was last changed. */
export async function houseDetails(
  municipality: string,
  id: string,
): Promise<{ people: HousePersonView[]; events: HouseEventView[]; changedAt: Date | undefined }> {
  const where = { municipality, house: id };
  const [people, events, last] = await Promise.all([
    db.housePerson.findMany({
      where,
      orderBy: { name: "asc" },
      select: { id: true, name: true, task: true, email: true, phone: true },
    }),
    houseEvents(municipality, id, new Date()),
    db.houseChange.findFirst({ where, orderBy: { number: "desc" }, select: { createdAt: true } }),
  ]);
  return { people, events, changedAt: last?.createdAt };
}

/** The events that go into the calendar file of a house. */
export async function calendarEvents(municipality: string, id: string): Promise<HouseEventView[]> {
  return houseEvents(municipality, id, new Date(Date.now() - KEPT_DAYS * 86_400_000));
}

/** Where there are too many, those furthest back are left out, never those that are still to come. */
async function houseEvents(municipality: string, house: string, since: Date): Promise<HouseEventView[]> {
  const latestFirst = await db.houseEvent.findMany({
    where: { municipality, house, endsAt: { gte: since } },
    orderBy: [{ startsAt: "desc" }, { id: "desc" }],
    take: 200,
    select: {
      ...{ id: true, title: true, text: true, place: true, startsAt: true, endsAt: true },
      ...{ cancelledAt: true, createdAt: true },
    },
  });
  return latestFirst.reverse();
}

export type HouseChangeView = { number: number; kind: HouseChangeKind; by: string; at: Date };

/** The last changes of a house, latest first, and the numbers of the last ones of its own text and of its place. */
export async function houseHistory(
  municipality: string,
  id: string,
): Promise<{ changes: HouseChangeView[]; seen: number; placeSeen: number }> {
  const where = { municipality, house: id };
  const [rows, seen, placeSeen] = await Promise.all([
    db.houseChange.findMany({ where, orderBy: { number: "desc" }, take: 50 }),
    lastChange(db, { ...where, kind: "page" }),
    lastChange(db, { ...where, kind: "place" }),
  ]);
  const nameOf = await namesOf(rows.map(({ by }) => by));
  return {
    changes: rows.map(({ number, kind, by, createdAt }) => ({
      ...{ number, kind: kind as HouseChangeKind, by: nameOf(by), at: createdAt },
    })),
    seen,
    placeSeen,
  };
}

/** Whether a house may be removed because nothing but its name and place is known of it. */
export async function mayRemoveHouse(municipality: string, id: string): Promise<boolean> {
  return !(await isHouseInUse(db, { municipality, house: id }));
}
