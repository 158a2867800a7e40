/** What people are told of meetings, within the transaction of what happened. */
import { recordEvent, tellPeople } from "@/features/notifications/event-service";
import type { Database } from "@/lib/db";

type Meeting = { id: string; municipality: string; startsAt: Date; revision: number };
/** Who did it, and what those follow who hear of it without being registered. */
type Told = { actor: string; subjects: readonly string[] };

export async function tellConvened(tx: Database, meeting: Meeting, told: Told): Promise<void> {
  await recordEvent(tx, { ...eventOf(meeting, "convened"), actor: told.actor, subjects: [...told.subjects] });
}

/** A change, a cancellation or the minutes: who is registered hears at once of the first two, the others as they chose. */
export async function tellRegistered(
  tx: Database,
  meeting: Meeting,
  what: "changed" | "cancelled" | "minutes",
  { actor, subjects }: Told,
): Promise<void> {
  const rows = await tx.meetingRegistration.findMany({
    where: { municipality: meeting.municipality, meeting: meeting.id },
    select: { person: true },
  });
  const people = rows.map(({ person }) => person);
  const event = eventOf(meeting, what);
  if (what === "minutes") {
    await tellPeople(tx, { ...event, actor, subjects: [...subjects] }, people);
    return;
  }
  await tellPeople(
    tx,
    { ...event, id: `${event.id}/registered`, name: `${event.name}Yours`, kind: "duty", actor, subjects: [] },
    people,
  );
  await recordEvent(tx, { ...event, actor, subjects: [...subjects], exempt: people });
}

/** Who waited has a place. */
export async function tellPromoted(tx: Database, meeting: Meeting, people: readonly string[]): Promise<void> {
  for (const person of people) {
    const { number } = await tx.meetingRegistration.findUniqueOrThrow({
      where: { meeting_person: { meeting: meeting.id, person } },
    });
    const event = eventOf(meeting, "place");
    await tellPeople(tx, { ...event, id: `${event.id}/${number}`, kind: "duty", subjects: [] }, [person]);
  }
}

/** The day before, for those who have a place. */
export async function tellTomorrow(tx: Database, meeting: Meeting, people: readonly string[]): Promise<void> {
  await tellPeople(tx, { ...eventOf(meeting, "tomorrow"), id: reminderOf(meeting), subjects: [] }, people);
}

/** What reminds of a meeting as it no longer is, and waits for a digest, goes: whoever comes after all is reminded again. */
export async function withdrawReminders(
  tx: Database,
  meeting: Pick<Meeting, "id" | "startsAt">,
  people: readonly string[],
): Promise<void> {
  await tx.notification.deleteMany({
    where: { event: reminderOf(meeting), person: { in: [...people] }, mail: null, readAt: null },
  });
}

/** Of a meeting that was moved the reminder is another one. */
function reminderOf({ id, startsAt }: Pick<Meeting, "id" | "startsAt">): string {
  return `meetings/tomorrow/${id}/${startsAt.toISOString()}`;
}

function eventOf({ id, municipality, startsAt, revision }: Meeting, what: string) {
  return {
    ...{ id: `meetings/${what}/${id}/${revision}`, municipality, name: `meetings:${what}` },
    ...({ kind: "meetings", about: { type: "meeting", id } } as const),
    facts: { starts: startsAt.toISOString() },
  };
}
