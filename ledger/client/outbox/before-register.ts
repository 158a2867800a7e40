import type { Prisma } from "../../../generated/prisma/client";
import { MOST_DAYS_AHEAD } from "../../../protocol/acts/signed-act";
import { bindingNames } from "../../../protocol/transactions/binding";

/**
 * Makes what was queued when everybody's certificate was on the server wait for the register of people in office: a
 * migration left it following nothing, and acts to be signed without a last day. What failed with an earlier try of the
 * same command is tried with it again.
 * @param register the command that founds the municipality or introduces its register
 */
export async function queueAnew(
  tx: Prisma.TransactionClient,
  municipality: string,
  register: string,
): Promise<void> {
  // Nobody vouches for what binds a party any more: they sign it themselves.
  await tx.$executeRaw`
    UPDATE "OutboxItem" SET by = 'act', status = 'to_sign'
    WHERE municipality = ${municipality} AND by = 'resident' AND status = 'following' AND follows IS NULL
      AND transaction = ANY(${bindingNames})`;
  await tx.$executeRaw`
    UPDATE "OutboxItem" SET follows = ${register}::uuid, status = 'following', "errorCode" = NULL, "errorParams" = NULL,
      "settledAt" = NULL
    WHERE municipality = ${municipality} AND by <> 'act' AND (status = 'following' AND follows IS NULL
      OR follows = ${register}::uuid AND status = 'failed')`;
  await tx.$executeRaw`
    UPDATE "OutboxItem" SET "expiresOn" = (SELECT to_char(day::date + ${MOST_DAYS_AHEAD}::int, 'YYYY-MM-DD')
      FROM chain.day WHERE municipality = ${municipality})
    WHERE municipality = ${municipality} AND status = 'to_sign' AND "expiresOn" IS NULL`;
}
