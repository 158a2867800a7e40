/** The page of a house, changed by those who run it: what was before, who changed it and when is kept. */
import { recordEvent } from "@/features/notifications/event-service";
import type { Prisma } from "@/generated/prisma/client";
import { CommandReusedError } from "@/ledger/client/outbox/errors";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotAllowedError, NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { type HouseChange, requireSeen, withHouseChange } from "./change-service";
import { mayEditHouse } from "./rules";

/** As many people and coming events as one house names. */
const MOST_PEOPLE = 30;
const MOST_EVENTS = 200;

export type HousePage = { hours: string; email: string; phone: string; text: string };
export type NamedPerson = { name: string; task: string; email: string; phone: string; agreedOn: string };
export type Happening = { title: string; startsAt: Date; endsAt: Date; place: string; text: string };

/**
 * Writes hours, contacts and text of a house.
 * @param told with the number of the last change that its form showed
 * @throws NotFoundError, NotAllowedError, ConflictError where somebody else changed the page meanwhile
 */
export async function saveHousePage(
  viewer: Viewer,
  municipality: string,
  told: HousePage & { house: string; revision: number },
): Promise<void> {
  const { house: slug, revision, hours, email, phone, text } = told;
  await changing(viewer, municipality, slug, async (tx, house) => {
    await requireSeen(tx, { municipality, house: house.id, kind: "page" }, revision);
    const { hours: before, email: mail, phone: call, text: told } = house;
    const where = { municipality_id: { municipality, id: house.id } };
    await tx.house.update({
      where,
      data: { hours: hours || null, email: email || null, phone: phone || null, text },
    });
    return { kind: "page", before: { hours: before, email: mail, phone: call, text: told } };
  });
}

/** Names somebody who agreed to it; sent twice, they are named once. */
export async function addHousePerson(
  viewer: Viewer,
  municipality: string,
  named: NamedPerson & { house: string; command: string },
): Promise<void> {
  const { house: slug, command: id, name, task, email, phone, agreedOn } = named;
  await changing(viewer, municipality, slug, async (tx, house) => {
    const where = { municipality, house: house.id };
    if ((await tx.housePerson.count({ where: { ...where, id: { not: id } } })) >= MOST_PEOPLE)
      throw new ConflictError("house_has_enough", { most: MOST_PEOPLE });
    const contacts = { email: email || null, phone: phone || null };
    const written = { ...where, ...contacts, id, name, task, agreedOn, addedBy: viewer.id };
    const { count } = await tx.housePerson.createMany({ data: [written], skipDuplicates: true });
    if (count === 0) {
      if ((await tx.housePerson.count({ where: written })) === 0) throw new CommandReusedError(id);
      return undefined;
    }
    return { kind: "person_added" };
  });
}

/** Names somebody no longer: nothing of them is kept. */
export async function removeHousePerson(
  viewer: Viewer,
  municipality: string,
  item: { house: string; id: string },
): Promise<void> {
  await changing(viewer, municipality, item.house, async (tx, house) => {
    const { count } = await tx.housePerson.deleteMany({
      where: { municipality, house: house.id, id: item.id },
    });
    if (count === 0) throw new NotFoundError("house_item_gone");
    return { kind: "person_removed" };
  });
}

/** Adds an event; sent twice, it is added once. */
export async function addHouseEvent(
  viewer: Viewer,
  municipality: string,
  happening: Happening & { house: string; command: string },
): Promise<void> {
  const { house: slug, command: id, ...event } = happening;
  await changing(viewer, municipality, slug, async (tx, house) => {
    const where = { municipality, house: house.id };
    const coming = { ...where, id: { not: id }, endsAt: { gte: new Date() } };
    if ((await tx.houseEvent.count({ where: coming })) >= MOST_EVENTS)
      throw new ConflictError("house_has_enough", { most: MOST_EVENTS });
    const written = { ...where, ...event, id, createdBy: viewer.id };
    const { count } = await tx.houseEvent.createMany({ data: [written], skipDuplicates: true });
    if (count === 0) {
      if ((await tx.houseEvent.count({ where: written })) === 0) throw new CommandReusedError(id);
      return undefined;
    }
    await recordEvent(tx, { ...meetingOf(house, { ...event, id }), name: "houses:event", actor: viewer.id });
    return { kind: "event_added" };
  });
}

/** An event that does not take place stays and says so: whoever has it in a calendar is told. */
export async function cancelHouseEvent(
  viewer: Viewer,
  municipality: string,
  item: { house: string; id: string },
): Promise<void> {
  await changing(viewer, municipality, item.house, async (tx, house) => {
    const where = { municipality, house: house.id, id: item.id, cancelledAt: null };
    const event = await tx.houseEvent.findFirst({ where });
    const { count } = await tx.houseEvent.updateMany({ where, data: { cancelledAt: new Date() } });
    if (!event || count === 0) throw new NotFoundError("house_item_gone");
    await recordEvent(tx, { ...meetingOf(house, event), name: "houses:cancelled", actor: viewer.id });
    return { kind: "event_cancelled" };
  });
}

type House = Prisma.HouseGetPayload<object>;

/** A meeting, for those who follow the district of its house. */
function meetingOf(
  { municipality, id: house, district }: House,
  {
    id,
    title,
    startsAt,
    cancelledAt,
  }: { id: string; title: string; startsAt: Date; cancelledAt?: Date | null },
) {
  return {
    ...{ id: `house-event/${id}${cancelledAt === undefined ? "" : "/cancelled"}`, municipality },
    ...({ kind: "meetings", about: { type: "house", id: house } } as const),
    subjects: [`house:${house}`, ...(district === null ? [] : [`district:${district}`])],
    facts: { title, starts: startsAt.toISOString() },
  };
}

/** Changes a house that the person may edit, and notes it where there is something to note. */
async function changing(
  viewer: Viewer,
  municipality: string,
  slug: string,
  change: (tx: Database, house: House) => Promise<Omit<HouseChange, "house"> | undefined>,
): Promise<void> {
  const house = await db.house.findUnique({ where: { municipality_slug: { municipality, slug } } });
  if (!house) throw new NotFoundError();
  if (!mayEditHouse(viewer, municipality, house)) throw new NotAllowedError("house_of_others");
  await withHouseChange({ municipality, by: viewer.id }, async (tx) => {
    const made = await change(tx, house);
    return made && { house: house.id, ...made };
  });
}
