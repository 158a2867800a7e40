/** From events to those who want to hear of them: a notification each, and what tells it at once to those who want that. */
import type { ClientBase, Pool } from "pg";
import { pushAtOnce } from "@/features/push/telling-service";
import type { DeliveryQueue } from "./delivery-queue";
import { type MailMode, reachable } from "./mail-mode-rules";
import { DEFAULT_FREQUENCY, digestOnly } from "./rules";

/** Events told in one transaction. */
const AT_ONCE = 20;

export type Telling = { pool: Pool; queue: Pick<DeliveryQueue, "add">; mode: MailMode };

/**
 * Tells the oldest events that were not told: notifications, mails and the jobs that send them are there together or not at
 * all, whenever this process ends.
 * @returns how many events; 0 where none waits
 */
export async function tellEvents({ pool, queue, mode }: Telling): Promise<number> {
  return within(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM public."Event" WHERE "toldAt" IS NULL ORDER BY "createdAt", id LIMIT $1
       FOR UPDATE SKIP LOCKED`,
      [AT_ONCE],
    );
    const events = rows.map(({ id }) => id);
    if (events.length === 0) return 0;
    await client.query(
      `INSERT INTO public."Notification" (municipality, person, event, kind, frequency)
       SELECT DISTINCT e.municipality, s.person, e.id, e.kind,
         CASE WHEN f.frequency = 'now' AND e.name = ANY($3) THEN 'daily' ELSE coalesce(f.frequency, $2) END
       FROM public."Event" e
       CROSS JOIN LATERAL (
         SELECT unnest(e.subjects) AS name
         UNION SELECT 'municipality:' WHERE e.subjects <> '{}'
         UNION SELECT 'district:' || c.district FROM public."Commons" c
           WHERE c.municipality = e.municipality AND c.district IS NOT NULL AND c."publishedAt" IS NOT NULL
             AND 'commons:' || c.id = ANY(e.subjects)
       ) AS about
       JOIN public."Subscription" s ON s.municipality = e.municipality
         AND s.kind = split_part(about.name, ':', 1) AND s.subject = substr(about.name, strpos(about.name, ':') + 1)
       JOIN public."Person" p ON p.id = s.person AND p."erasedAt" IS NULL
       LEFT JOIN public."NotificationPreference" f
         ON f.municipality = e.municipality AND f.person = s.person AND f.kind = e.kind
       WHERE e.id = ANY($1) AND s.person IS DISTINCT FROM e.actor AND s.person <> ALL(e.exempt)
       ON CONFLICT (person, event) DO NOTHING`,
      [events, DEFAULT_FREQUENCY, digestOnly],
    );
    await tellAtOnce(client, queue, { mode, events });
    // Whom it was not to be told matters no more.
    await client.query(`UPDATE public."Event" SET "toldAt" = now(), exempt = '{}' WHERE id = ANY($1)`, [
      events,
    ]);
    return events.length;
  });
}

type AtOnce = { mode: MailMode; events: readonly string[] };

/** One mail and one message on their devices to each person for those of these events of which they want to hear at once. */
export async function tellAtOnce(
  client: ClientBase,
  queue: Pick<DeliveryQueue, "add">,
  { mode, events }: AtOnce,
): Promise<void> {
  if (events.length === 0) return;
  await mailAtOnce(client, queue, { mode, events });
  await pushAtOnce(client, queue, events);
}

async function mailAtOnce(
  client: ClientBase,
  queue: Pick<DeliveryQueue, "add">,
  { mode, events }: AtOnce,
): Promise<void> {
  if (mode === "off") return;
  const { rows } = await client.query<{ id: string }>(
    `WITH due AS MATERIALIZED (
       SELECT n.municipality, n.person, bool_or(n.kind = 'duty') AS duty, gen_random_uuid() AS mail
       FROM public."Notification" n
       WHERE n.event = ANY($1) AND n.frequency = 'now' AND n.mail IS NULL AND n."readAt" IS NULL
         AND ${reachable("n.person", mode)}
       GROUP BY n.municipality, n.person, n.kind = 'duty'),
     told AS (UPDATE public."Notification" n SET mail = due.mail FROM due
       WHERE n.municipality = due.municipality AND n.person = due.person AND n.event = ANY($1)
         AND n.frequency = 'now' AND n.mail IS NULL AND n."readAt" IS NULL AND (n.kind = 'duty') = due.duty)
     INSERT INTO public."Mail" (id, municipality, person, kind)
     SELECT mail, municipality, person, CASE WHEN duty THEN 'duty' ELSE 'now' END FROM due RETURNING id`,
    [events],
  );
  await queue.add(
    client,
    "mail",
    rows.map(({ id }) => id),
  );
}

/** @returns what `work` returns, once its transaction is committed */
export async function within<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    // A connection whose state nobody knows is not given to the next.
    throw broken;
  } finally {
    client.release(broken);
  }
}
