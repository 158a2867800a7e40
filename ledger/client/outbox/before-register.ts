import type { Prisma } from "../../../generated/prisma/client";
import { submissionOf } from "../../../protocol/acts/roles";
import { MOST_DAYS_AHEAD } from "../../../protocol/acts/signed-act";
import { roles } from "../../../protocol/primitives";

/**
 * Queues anew what was queued when everybody's certificate was on the server, as `enqueue` queues it in a municipality
 * with a register: an act waits for its person's signature, anything else until the register is there. What is being sent
 * is left alone; what failed with an earlier try of the same command is tried with it again.
 * @param register the command that founds the municipality or introduces its register
 */
export async function queueAnew(
  tx: Prisma.TransactionClient,
  municipality: string,
  register: string,
): Promise<void> {
  const ways = JSON.stringify(Object.fromEntries(roles.map((role) => [role, submissionOf(role)])));
  await tx.$executeRaw`
    WITH before AS (SELECT id, follows, ${ways}::jsonb->>role AS by FROM "OutboxItem"
      WHERE municipality = ${municipality}
        AND (by IS NULL AND status = 'queued' OR follows = ${register}::uuid AND status = 'failed'))
    UPDATE "OutboxItem" AS o SET by = before.by, "errorCode" = NULL, "errorParams" = NULL, "settledAt" = NULL,
      status = CASE before.by WHEN 'act' THEN 'to_sign' ELSE 'following' END,
      "expiresOn" = CASE before.by WHEN 'act' THEN (SELECT to_char(day::date + ${MOST_DAYS_AHEAD}::int, 'YYYY-MM-DD')
        FROM chain.day WHERE municipality = ${municipality}) END,
      follows = CASE WHEN before.by = 'act' OR before.follows IN (SELECT id FROM before) THEN before.follows
        ELSE ${register}::uuid END
    FROM before WHERE o.id = before.id`;
}
