import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { daysBetween } from "@/lib/format";
import { pagesOf } from "@/lib/page-in";
import type { RecordType } from "@/protocol/records";
import { awaitedStates, transactionNames, workflow } from "@/protocol/workflow/table";
import type { TermName } from "@/protocol/workflow/terms";

const kinds = {
  milestone: "milestone_due",
  report: "report_due",
} as const satisfies Record<string, TermName>;

export type LateItem = {
  kind: keyof typeof kinds;
  id: string;
  dueOn: string;
  /** The rule that says so. */
  term: TermName;
  /** Whole days past `dueOn`. */
  days: number;
  amountCents: bigint;
  commonsName: string;
  commonsSlug: string;
  fictional: boolean;
};

/** Late items on one page. */
const PAGE = 20;

export type LateList = { items: LateItem[]; count: number; page: number; pages: number };

type Row = {
  kind: LateItem["kind"];
  id: string;
  due: string;
  amount: bigint;
  name: string | null;
  slug: string | null;
  fictional: boolean | null;
  count: bigint;
};

/**
 * What the parties of pacts have not handed in by the chain's day, the latest first: milestones and reports. What is late
 * in an office is money that is stopped, which `stoppedMoney` lists.
 */
export async function lateIn(municipality: string, day: string, page: number): Promise<LateList> {
  const part = (kind: LateItem["kind"], record: RecordType, state: Prisma.Sql) => Prisma.sql`
    SELECT ${kind} AS kind, x.id, x.commons, ${line(record)}, x."dueOn" AS due
    FROM chain.${Prisma.raw(record)} x WHERE x.municipality = ${municipality} AND ${state}`;
  const isPlanned = Prisma.sql`x.state IN (${Prisma.join(statesDueBy("milestone", kinds.milestone))})`;
  const all = Prisma.join(
    [
      part("milestone", "milestone", isPlanned),
      part("report", "report", Prisma.sql`x."submittedOn" IS NULL`),
    ],
    " UNION ALL ",
  );
  const rows = await db.$queryRaw<Row[]>`
    SELECT late.kind, late.id, late.due, late.amount, c.name, c.slug, l.fictional, count(*) OVER () AS count
    FROM (${all}) late
    LEFT JOIN public."Commons" c ON c.municipality = ${municipality} AND c.id = late.commons
    LEFT JOIN chain.budget_line l ON l.municipality = ${municipality} AND l.id = late.line
    WHERE late.due < ${day}
    ORDER BY late.due, late.id LIMIT ${PAGE} OFFSET ${(page - 1) * PAGE}`;
  if (rows.length === 0 && page > 1) return lateIn(municipality, day, 1);
  const count = Number(rows[0]?.count ?? 0);
  return {
    ...{ count, page },
    pages: pagesOf(count, PAGE),
    items: rows.map(({ kind, id, due: dueOn, amount: amountCents, name, slug, fictional }) => ({
      ...{ kind, id, dueOn, amountCents, term: kinds[kind], days: daysBetween(dueOn, day) },
      ...{ commonsName: name ?? "", commonsSlug: slug ?? "", fictional: fictional ?? false },
    })),
  };
}

/** Reports are owed without an amount, and of no budget line. */
function line(record: RecordType): Prisma.Sql {
  return record === "report"
    ? Prisma.sql`NULL AS line, 0::bigint AS amount`
    : Prisma.sql`x.line, x."amountCents" AS amount`;
}

/** The states of a record in which a step has to be taken by this term. */
function statesDueBy(record: RecordType, term: TermName): string[] {
  return [
    ...new Set(
      transactionNames
        .filter((name) => workflow[name].due === term)
        .flatMap((name) => awaitedStates(name, record)),
    ),
  ];
}
