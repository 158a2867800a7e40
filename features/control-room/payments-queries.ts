import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";
import { type Scope, scoped } from "./scope-queries";

export type PaymentRow = {
  id: string;
  state: string;
  amountCents: bigint;
  paidCents: bigint;
  /** What of it came back after it was paid. */
  recoveredCents: bigint;
  payeeName: string;
  commonsName: string;
  slug: string | null;
  milestone: number | null;
  title: string;
  /** The transaction that left it as it then was. */
  transactionId: string;
  block: number;
  day: string;
  fictional: boolean;
};

const PAGE = 50;

/** Paid is what was paid less what came back; of a payment in another state there is neither. */
const recovered = Prisma.sql`CASE WHEN pay.state = 'paid' THEN pay."amountCents" - pay."paidCents" ELSE 0 END`;

/** The payments in view as they were on a day, those that changed last first. */
export async function viewedPayments(scope: Scope, page: number, most = PAGE): Promise<PaymentRow[]> {
  const { municipality } = scope;
  return db.$queryRaw<PaymentRow[]>`
    SELECT * FROM (
      WITH ${scoped(scope)},
      shown AS (
        SELECT * FROM pay ORDER BY block DESC, index DESC, id LIMIT ${most} OFFSET ${(page - 1) * most}
      )
      SELECT pay.id, pay.state, pay."amountCents", pay."paidCents", ${recovered} AS "recoveredCents",
        coalesce(given."payeeName", '') AS "payeeName",
        coalesce(given."commonsName", '') AS "commonsName", given.slug, m.number AS milestone, coalesce(t.title, '') AS title,
        x.id AS "transactionId", pay.block::int AS block, x.day, pay.fictional
      FROM shown pay
      JOIN given ON given.id = pay.commitment
      JOIN chain.transaction x ON x.block = pay.block AND x.index = pay.index
      LEFT JOIN chain.payment y ON y.municipality = ${municipality} AND y.id = pay.id
      LEFT JOIN chain.milestone m ON m.municipality = ${municipality} AND m.id = y.milestone
      LEFT JOIN public."MilestoneText" t ON t.municipality = ${municipality} AND t.id = y.milestone
    ) AS q ORDER BY block DESC, id`;
}

export type PaymentTotals = {
  count: number;
  cents: bigint;
  paidCents: bigint;
  recoveredCents: bigint;
  pages: number;
};

export async function countPayments(scope: Scope): Promise<PaymentTotals> {
  const [row] = await db.$queryRaw<Omit<PaymentTotals, "pages">[]>`
    SELECT * FROM (
      WITH ${scoped(scope)}
      SELECT count(*)::int AS count, coalesce(sum("amountCents"), 0)::bigint AS cents,
        coalesce(sum("paidCents"), 0)::bigint AS "paidCents",
        coalesce(sum(${recovered}), 0)::bigint AS "recoveredCents"
      FROM pay
    ) AS q`;
  const found = row ?? { count: 0, cents: 0n, paidCents: 0n, recoveredCents: 0n };
  return { ...found, pages: pagesOf(found.count, PAGE) };
}
