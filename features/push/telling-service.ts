/** Which messages are queued for whose devices. */
import type { ClientBase } from "pg";

type Queue = { add(client: ClientBase, what: "push", ids: readonly string[]): Promise<void> };

/**
 * One message to each device of each person for those of these events of which they want to hear at once; part of the
 * transaction that tells them.
 */
export async function pushAtOnce(client: ClientBase, queue: Queue, events: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `WITH due AS MATERIALIZED (
       SELECT n.municipality, n.person, n.kind = 'duty' AS duty, gen_random_uuid() AS batch
       FROM public."Notification" n
       WHERE n.event = ANY($1) AND n.frequency = 'now' AND n.push IS NULL AND n."readAt" IS NULL
         AND EXISTS (SELECT 1 FROM public."PushDevice" d WHERE d.person = n.person)
       GROUP BY n.municipality, n.person, n.kind = 'duty'),
     told AS (UPDATE public."Notification" n SET push = due.batch FROM due
       WHERE n.municipality = due.municipality AND n.person = due.person AND n.event = ANY($1)
         AND n.frequency = 'now' AND n.push IS NULL AND n."readAt" IS NULL AND (n.kind = 'duty') = due.duty)
     INSERT INTO public."Push" (id, batch, device, municipality, person, kind)
     SELECT gen_random_uuid(), due.batch, d.id, due.municipality, due.person,
       CASE WHEN due.duty THEN 'duty' ELSE 'now' END
     FROM due JOIN public."PushDevice" d ON d.person = due.person RETURNING id`,
    [events],
  );
  await queue.add(
    client,
    "push",
    rows.map(({ id }) => id),
  );
}
