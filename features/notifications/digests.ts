/** What is told once a day or once a week, in the morning of Italy. */
import type { Pool } from "pg";
import { dayInItaly, instantAt } from "@/lib/local-time";
import { reachable } from "./mail-mode-rules";
import { isWeeklyDay } from "./rules";
import { type Telling, within } from "./telling";

/** People whose digests are made in one transaction. */
const PEOPLE_AT_ONCE = 500;
const FROM_HOUR = "07:00";
/** What is older was read elsewhere or wanted by nobody, such as before an address was confirmed. */
const KEPT_DAYS = 8;

/**
 * Makes the digests that are due, of what there was at seven in the morning. Asked again on the same day, or after it was
 * killed in between, it goes on where it was: what one digest tells no other tells.
 * @returns how many digests
 */
export async function makeDigests(telling: Telling, now = new Date()): Promise<number> {
  const day = dayInItaly(now);
  const until = instantAt(`${day}T${FROM_HOUR}`);
  if (telling.mode === "off" || !(until instanceof Date) || now < until) return 0;
  let made = 0;
  for (const municipality of await dueOn(telling.pool, { day, until })) {
    made += await makeOf(telling, { municipality, frequency: "daily", now, until });
    if (isWeeklyDay(day)) made += await makeOf(telling, { municipality, frequency: "weekly", now, until });
    await telling.pool.query(
      `INSERT INTO public."DigestDay" (municipality, day) VALUES ($1, $2)
       ON CONFLICT (municipality) DO UPDATE SET day = EXCLUDED.day`,
      [municipality, day],
    );
  }
  return made;
}

async function dueOn(pool: Pool, { day, until }: { day: string; until: Date }): Promise<string[]> {
  const { rows } = await pool.query<{ municipality: string }>(
    `SELECT DISTINCT n.municipality FROM public."Notification" n
     LEFT JOIN public."DigestDay" d ON d.municipality = n.municipality
     WHERE n.frequency IN ('daily', 'weekly') AND n.mail IS NULL AND n."readAt" IS NULL
       AND n."createdAt" <= $2 AND (d.day IS NULL OR d.day < $1)`,
    [day, until],
  );
  return rows.map(({ municipality }) => municipality);
}

async function makeOf(
  { pool, queue, mode }: Telling,
  {
    municipality,
    frequency,
    now,
    until,
  }: { municipality: string; frequency: "daily" | "weekly"; now: Date; until: Date },
): Promise<number> {
  if (mode === "off") return 0;
  const since = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const times = [since, until, now.toISOString(), dayInItaly(now)];
  let made = 0;
  for (let after = ""; ; ) {
    // A page of people at a time: memory does not grow with their number.
    const page = await within(pool, async (client) => {
      const { rows: people } = await client.query<{ person: string }>(
        `SELECT DISTINCT n.person FROM public."Notification" n
         WHERE n.municipality = $1 AND n.frequency = $2 AND n.person > $3 AND ${waiting}
           AND ${reachable("n.person", mode)} ORDER BY n.person LIMIT ${PEOPLE_AT_ONCE}`,
        [municipality, frequency, after, ...times],
      );
      const last = people.at(-1)?.person;
      if (last === undefined) return { last, mails: 0 };
      const { rows: mails } = await client.query<{ id: string }>(
        `WITH due AS MATERIALIZED (SELECT person, gen_random_uuid() AS mail FROM unnest($3::text[]) AS person),
         told AS (UPDATE public."Notification" n SET mail = due.mail FROM due
           WHERE n.municipality = $1 AND n.frequency = $2 AND n.person = due.person AND ${waiting})
         INSERT INTO public."Mail" (id, municipality, person, kind) SELECT mail, $1, person, $2 FROM due RETURNING id`,
        [municipality, frequency, people.map(({ person }) => person), ...times],
      );
      await queue.add(
        client,
        "mail",
        mails.map(({ id }) => id),
      );
      return { last, mails: mails.length };
    });
    made += page.mails;
    if (page.last === undefined) return made;
    after = page.last;
  }
}

/**
 * Not told by mail, not read, of a kind of which the person has not said meanwhile that they want to hear nothing, and no
 * reminder of what has begun or closed. $4 and $5 say from when to when, $6 and $7 the instant and the day of now.
 */
const waiting = `n.mail IS NULL AND n."readAt" IS NULL AND n."createdAt" >= $4 AND n."createdAt" <= $5
  AND NOT EXISTS (SELECT 1 FROM public."NotificationPreference" f WHERE f.municipality = n.municipality
    AND f.person = n.person AND f.kind = n.kind AND f.frequency = 'never')
  AND NOT EXISTS (SELECT 1 FROM public."Event" e WHERE e.id = n.event AND CASE e.name
    WHEN 'meetings:tomorrow' THEN e.facts->>'starts' <= $6::text
    WHEN 'deadlines:vote' THEN e.facts->>'closes' <= $6::text
    WHEN 'deadlines:secretVote' THEN e.facts->>'closes' <= $6::text
    WHEN 'deadlines:draft' THEN e.facts->>'closes' < $7::text
    ELSE false END)`;
