/** Events of what does not come from the ledger. */
import type { Database } from "@/lib/db";
import { todayInItaly } from "@/lib/local-time";
import { type About, DEFAULT_FREQUENCY, type Kind } from "./rules";

export type NewEvent = {
  /** The same for the same thing: recorded again it is told once. */
  id: string;
  municipality: string;
  kind: Kind;
  /** Of its sentence in `notifications.events`. */
  name: string;
  /**
   * `commons:ID`, `proposal:ID`, `round:ID`, `pact:ID`, `house:ID`, `district:N`: who subscribes to one of them, or to the
   * whole municipality, is told. Without any it is told to those alone whom {@link tellPeople} names.
   */
  subjects: string[];
  about: About;
  /** What its sentence names: texts and numbers, no person. */
  facts?: Record<string, string | number>;
  /** Who did it, and need not be told. */
  actor?: string;
  /** People who are told the same by another event. */
  exempt?: readonly string[];
};

/** Records an event within the transaction of what happened; the worker tells it to those who subscribe to its subjects. */
export async function recordEvent(
  tx: Pick<Database, "event">,
  { facts = {}, exempt = [], ...event }: NewEvent,
): Promise<void> {
  await tx.event.createMany({
    data: [{ ...event, facts, exempt: [...exempt], day: todayInItaly() }],
    skipDuplicates: true,
  });
}

/** Records an event and tells certain people of it, whatever they follow; nobody twice, and not who did it. */
export async function tellPeople(tx: Telling, event: NewEvent, people: readonly string[]): Promise<void> {
  const { municipality, kind, actor, id } = event;
  const wanted = [...new Set(people)].filter((person) => person !== actor);
  const known = await tx.person.findMany({
    where: { id: { in: wanted }, erasedAt: null },
    select: { id: true },
  });
  if (known.length === 0 && event.subjects.length === 0) return;
  await recordEvent(tx, event);
  const chosen = await tx.notificationPreference.findMany({
    where: { municipality, kind, person: { in: wanted } },
    select: { person: true, frequency: true },
  });
  const frequencyOf = new Map(chosen.map(({ person, frequency }) => [person, frequency]));
  const { count } = await tx.notification.createMany({
    data: known.map(({ id: person }) => ({
      ...{ municipality, person, event: id, kind },
      frequency: kind === "duty" ? "now" : (frequencyOf.get(person) ?? DEFAULT_FREQUENCY),
    })),
    skipDuplicates: true,
  });
  // Whoever is told after the others has a mail of their own to come.
  if (count > 0) await tx.event.updateMany({ where: { id }, data: { toldAt: null } });
}

type Telling = Pick<Database, "event" | "person" | "notification" | "notificationPreference">;
