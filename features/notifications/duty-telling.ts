/** Tells people what waits for them: their own duties at once, those of their office as often as they chose. */
import { type DutyPeople, dutiesWithPeople } from "@/features/office/duty-people-service";
import { DEFAULT_FREQUENCY } from "./rules";
import { type Telling, tellAtOnce, within } from "./telling";

/** Notifications of one statement. */
const AT_ONCE = 5_000;

/** Each duty is told once, and no longer counts as news when it is done. */
export async function tellDuties(telling: Telling, municipality: string): Promise<void> {
  const { day, duties } = await dutiesWithPeople(municipality);
  const named = duties.map((duty) => ({ id: eventOf(municipality, duty), duty }));
  await within(telling.pool, async (client) => {
    const ids = named.map(({ id }) => id);
    await client.query(
      `UPDATE public."Notification" SET "readAt" = now() WHERE municipality = $1 AND kind IN ('duty', 'office')
       AND "readAt" IS NULL AND event LIKE 'duty/%' AND event <> ALL($2)`,
      [municipality, ids],
    );
    const fresh = named.map(({ id, duty }) => ({
      ...{ id, municipality, day, name: duty.transaction },
      facts: { title: duty.title, since: duty.since, ...(duty.dueOn !== null && { dueOn: duty.dueOn }) },
    }));
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO public."Event" (id, municipality, kind, name, subjects, about, facts, day, "toldAt")
       SELECT id, municipality, 'duty', name, '{}', '{"type": "mine", "id": ""}', facts, day, now()
       FROM jsonb_to_recordset($1::jsonb) AS e(id text, municipality text, name text, facts jsonb, day text)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [JSON.stringify(fresh)],
    );
    const isNew = new Set(rows.map(({ id }) => id));
    const told = named
      .filter(({ id }) => isNew.has(id))
      .flatMap(({ id, duty }) => [
        ...duty.own.map((person) => ({ event: id, person, kind: "duty" })),
        ...duty.office.map((person) => ({ event: id, person, kind: "office" })),
      ]);
    for (let from = 0; from < told.length; from += AT_ONCE)
      await client.query(
        `INSERT INTO public."Notification" (municipality, person, event, kind, frequency)
         SELECT $1, t.person, t.event, t.kind, CASE WHEN t.kind = 'duty' THEN 'now' ELSE coalesce(f.frequency, $3) END
         FROM jsonb_to_recordset($2::jsonb) AS t(event text, person text, kind text)
         JOIN public."Person" p ON p.id = t.person AND p."erasedAt" IS NULL
         LEFT JOIN public."NotificationPreference" f
           ON f.municipality = $1 AND f.person = t.person AND f.kind = t.kind
         ON CONFLICT (person, event) DO NOTHING`,
        [municipality, JSON.stringify(told.slice(from, from + AT_ONCE)), DEFAULT_FREQUENCY],
      );
    await tellAtOnce(client, telling.queue, { mode: telling.mode, events: [...isNew] });
  });
}

function eventOf(municipality: string, { transaction, record, since }: DutyPeople): string {
  return ["duty", municipality, transaction, record, since].join("/");
}
