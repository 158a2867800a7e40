import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";
import type { RoleHeld } from "@/lib/permissions";
import { officesAmong } from "./duties";
import { freshDuties } from "./duty-index-service";
import { asWaiting } from "./queries";
import { type StoppedMoney, stoppedIn } from "./stopped";

/** Sums on one page. */
const PAGE = 20;

export type Stopped = {
  day: string;
  items: readonly StoppedMoney[];
  /** Of all pages together. */
  count: number;
  totalCents: bigint;
  /** The one asked for, or the first where it has none. */
  page: number;
  pages: number;
};

/** The money that waits for a step of an office, the longest waiting first: how much, for whom, and since when. */
export async function stoppedMoney(municipality: string, page: number): Promise<Stopped> {
  const day = await freshDuties(municipality);
  // A key of two parts is an office's, or a person's.
  const stopped = Prisma.sql`
    SELECT record, min(since) AS since, min("dueOn") AS due, max("amountCents") AS amount FROM public."Duty"
    WHERE municipality = ${municipality} AND kind IN ('milestone', 'payment') AND "amountCents" > 0 AND EXISTS (
      SELECT FROM unnest(audience) AS key WHERE key NOT LIKE 'person:%' AND key LIKE '%:%' AND key NOT LIKE '%:%:%')
    GROUP BY record`;
  const [records, [sums]] = await Promise.all([
    db.$queryRaw<{ record: string }[]>`
      SELECT record FROM (${stopped}) AS stopped
      ORDER BY since, due NULLS LAST, record LIMIT ${PAGE} OFFSET ${(page - 1) * PAGE}`,
    db.$queryRaw<{ count: bigint; total: string | null }[]>`
      SELECT count(*) AS count, sum(amount)::text AS total FROM (${stopped}) AS stopped`,
  ]);
  if (records.length === 0 && page > 1) return stoppedMoney(municipality, 1);
  const rows = await db.duty.findMany({
    where: {
      ...{ municipality, kind: { in: ["milestone", "payment"] }, amountCents: { gt: 0 } },
      record: { in: records.map(({ record }) => record) },
    },
  });
  const ofOffices = rows.filter(({ audience }) => officesAmong(audience).length > 0);
  const count = Number(sums?.count ?? 0);
  return {
    ...{
      day,
      page,
      count,
      totalCents: BigInt(sums?.total ?? 0),
      pages: pagesOf(count, PAGE),
    },
    items: stoppedIn(await asWaiting(municipality, ofOffices), rolesAsked(ofOffices)),
  };
}

function rolesAsked(rows: readonly { transaction: string; audience: string[] }[]) {
  const roles = new Map(rows.map(({ transaction, audience }) => [transaction, officesAmong(audience)]));
  return (transaction: string): RoleHeld["role"][] => (roles.get(transaction) ?? []).map(({ role }) => role);
}
