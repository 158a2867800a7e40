import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";
import { type PaymentQuery, type PaymentSort, type PaymentView, paymentStates } from "./payment-list";
import { publishedName } from "./rules";

/** Payments on one page. */
const PAGE = 25;

export type PaymentList = {
  payments: PaymentView[];
  /** Of all pages together. */
  count: number;
  totalCents: bigint;
  recoveredCents: bigint;
  /** The one asked for, or the last that there is. */
  page: number;
  pages: number;
};

/** One page of a municipality's payments, with the sum of them all. */
export async function paymentsOf(municipality: string, query: PaymentQuery): Promise<PaymentList> {
  const { state, sort } = query;
  const { _sum, _count: count } = await db.chainPayment.aggregate({
    where: { municipality, ...(state && { state }) },
    _sum: { amountCents: true, recoveredCents: true },
    _count: true,
  });
  const pages = pagesOf(count, PAGE);
  const page = Math.min(pages, query.page);
  const payments = await listed(
    municipality,
    Prisma.sql`${state ? Prisma.sql`AND p.state = ${state}` : Prisma.empty}
      ORDER BY ${orderOf(sort)}, p.id LIMIT ${PAGE} OFFSET ${(page - 1) * PAGE}`,
  );
  const [totalCents, recoveredCents] = [_sum.amountCents ?? 0n, _sum.recoveredCents ?? 0n];
  return { payments, count, totalCents, recoveredCents, page, pages };
}

/** Every payment of a municipality, the latest first: for a file. */
export async function everyPayment(municipality: string): Promise<PaymentView[]> {
  return listed(municipality, Prisma.sql`ORDER BY p.block DESC, p.id`);
}

type Row = Omit<PaymentView, "payee" | "commons" | "milestone" | "fictional"> & {
  commonsSlug: string | null;
  commonsName: string | null;
  number: number | null;
  title: string | null;
  payeeName: string | null;
  payeeKind: string | null;
  fictional: boolean | null;
};

async function listed(municipality: string, which: Prisma.Sql): Promise<PaymentView[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.id, p.state, p."amountCents", p."recoveredCents", p."requestedOn", p."paidOn", p."orderNumber", p."transactionId",
      c.slug AS "commonsSlug", c.name AS "commonsName", m.number, t.title,
      s.name AS "payeeName", s.kind AS "payeeKind", l.fictional
    FROM chain.payment p
    LEFT JOIN public."Commons" c ON c.municipality = p.municipality AND c.id = p.commons
    LEFT JOIN chain.milestone m ON m.municipality = p.municipality AND m.id = p.milestone
    LEFT JOIN public."MilestoneText" t ON t.municipality = p.municipality AND t.id = p.milestone
    LEFT JOIN public."Subject" s ON s.municipality = p.municipality AND s.id = p.payee
    LEFT JOIN chain.budget_line l ON l.municipality = p.municipality AND l.id = p.line
    WHERE p.municipality = ${municipality} ${which}`;
  return rows.map(({ commonsSlug, commonsName, number, title, payeeName, payeeKind, fictional, ...row }) => ({
    ...row,
    payee: publishedName({ name: payeeName ?? "", kind: payeeKind ?? "" }),
    commons: { slug: commonsSlug ?? "", name: commonsName ?? "" },
    milestone: { number: number ?? 0, title: title ?? "" },
    fictional: fictional ?? false,
  }));
}

const orders: Record<PaymentSort["column"], Prisma.Sql> = {
  commons: Prisma.sql`public.plain_text(c.name)`,
  // The names of people are not shown, and so do not sort.
  payee: Prisma.sql`CASE WHEN s.kind = 'person' THEN '' ELSE public.plain_text(s.name) END`,
  requestedOn: Prisma.sql`p."requestedOn"`,
  state: Prisma.sql`array_position(${[...paymentStates]}::text[], p.state)`,
  amount: Prisma.sql`p."amountCents"`,
};

function orderOf({ column, direction }: PaymentSort): Prisma.Sql {
  return Prisma.sql`${orders[column]} ${Prisma.raw(direction === "ascending" ? "ASC" : "DESC")} NULLS LAST`;
}
