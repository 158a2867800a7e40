import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { type Scope, scoped } from "./scope-queries";
import type { Grouping } from "./view";

export type Sums = { committedCents: bigint; plannedCents: bigint; acceptedCents: bigint; paidCents: bigint };
export type SumsRow = Sums & {
  /** Of its group; empty where it belongs to none. */
  key: string;
  label: string;
  /** Of commons, for their pages. */
  slug: string | null;
  /** Commitments, or payments where states are grouped. */
  count: number;
  /** Of its budget lines, where lines make up the group. */
  budgetCents: bigint | null;
  fictional: boolean;
};
export type MonthSums = Sums & { month: string };

const groups: Record<Exclude<Grouping, "state">, { key: Prisma.Sql; label: Prisma.Sql }> = {
  year: { key: Prisma.sql`year::text`, label: Prisma.sql`year::text` },
  fund: { key: Prisma.sql`fund`, label: Prisma.sql`fund` },
  line: { key: Prisma.sql`line`, label: Prisma.sql`"lineName" || ' (' || fund || ', ' || year || ')'` },
  district: { key: Prisma.sql`district::text`, label: Prisma.sql`district::text` },
  form: { key: Prisma.sql`form`, label: Prisma.sql`form` },
  payee: { key: Prisma.sql`payee`, label: Prisma.sql`"payeeName"` },
  commons: { key: Prisma.sql`commons`, label: Prisma.sql`"commonsName"` },
};
const ofLines: readonly Grouping[] = ["year", "fund", "line"];

const sums = Prisma.sql`
  coalesce(sum("amountCents"), 0)::bigint AS "committedCents", coalesce(sum("plannedCents"), 0)::bigint AS "plannedCents",
  coalesce(sum("acceptedCents"), 0)::bigint AS "acceptedCents", coalesce(sum("paidCents"), 0)::bigint AS "paidCents"`;

/** The sums of a view by group, as of its day; sorted by what was committed, years and districts by themselves. */
export async function sumsOf(scope: Scope, per: Grouping): Promise<SumsRow[]> {
  if (per === "state") return sumsByState(scope);
  const { key, label } = groups[per];
  const rows = await db.$queryRaw<Omit<SumsRow, "budgetCents">[]>`
    SELECT * FROM (
      WITH ${scoped(scope)}
      SELECT coalesce(${key}, '') AS key, coalesce(max(${label}), '') AS label,
        ${per === "commons" ? Prisma.sql`max(slug)` : Prisma.sql`NULL::text`} AS slug,
        count(*)::int AS count, coalesce(bool_or(fictional), false) AS fictional, ${sums}
      FROM given GROUP BY 1
    ) AS q`;
  const budgets = ofLines.includes(per) ? await budgetsBy(scope, per as "year") : new Map<string, Budget>();
  const known = new Set(rows.map((row) => row.key));
  const unused = [...budgets]
    .filter(([of]) => !known.has(of))
    .map(([of, budget]) => ({ ...nothing, key: of, label: budget.label, fictional: budget.fictional }));
  return [...rows, ...unused]
    .map((row) => ({ ...row, budgetCents: budgets.get(row.key)?.cents ?? null }))
    .sort(per === "year" || per === "district" ? byKey : byCommitted);
}

const nothing = {
  ...{ slug: null, count: 0, committedCents: 0n, plannedCents: 0n, acceptedCents: 0n, paidCents: 0n },
};
type Budget = { cents: bigint; label: string; fictional: boolean };

const byKey = (a: SumsRow, b: SumsRow) =>
  Number(a.key === "") - Number(b.key === "") || Number(a.key) - Number(b.key);
const byCommitted = (a: SumsRow, b: SumsRow) =>
  a.committedCents === b.committedCents
    ? a.key < b.key
      ? -1
      : 1
    : a.committedCents < b.committedCents
      ? 1
      : -1;

async function budgetsBy(scope: Scope, per: "year" | "fund" | "line"): Promise<Map<string, Budget>> {
  const [key, label] = {
    year: [Prisma.sql`year::text`, Prisma.sql`year::text`],
    fund: [Prisma.sql`fund`, Prisma.sql`fund`],
    line: [Prisma.sql`id`, Prisma.sql`name || ' (' || fund || ', ' || year || ')'`],
  }[per];
  const rows = await db.$queryRaw<(Budget & { key: string })[]>`
    SELECT * FROM (
      WITH ${scoped(scope)}
      SELECT ${key} AS key, max(${label}) AS label, sum("amountCents")::bigint AS cents, bool_or(fictional) AS fictional
      FROM line GROUP BY 1
    ) AS q`;
  return new Map(rows.map(({ key: of, ...budget }) => [of, budget]));
}

/** Payments by their state: what is in it is what they are to pay; nothing else is known of a state. */
async function sumsByState(scope: Scope): Promise<SumsRow[]> {
  const rows = await db.$queryRaw<
    { key: string; count: number; cents: bigint; paid: bigint; fictional: boolean }[]
  >`
    SELECT * FROM (
      WITH ${scoped(scope)}
      SELECT state AS key, count(*)::int AS count, sum("amountCents")::bigint AS cents,
        sum("paidCents")::bigint AS paid, bool_or(fictional) AS fictional
      FROM pay GROUP BY 1
    ) AS q ORDER BY cents DESC, key`;
  return rows.map(({ cents, paid, ...row }) => ({
    ...nothing,
    ...{ ...row, label: row.key, budgetCents: null, acceptedCents: cents, paidCents: paid },
  }));
}

export type Totals = Sums & { budgetCents: bigint; count: number };

export async function totalsOf(scope: Scope): Promise<Totals> {
  const [row] = await db.$queryRaw<Totals[]>`
    SELECT * FROM (
      WITH ${scoped(scope)}
      SELECT ${sums}, count(*)::int AS count,
        (SELECT coalesce(sum("amountCents"), 0)::bigint FROM line) AS "budgetCents"
      FROM given
    ) AS q`;
  if (!row) throw new Error("sums have a row");
  return row;
}

/** What had been planned, committed, accepted and paid by the end of each month in which any of it changed. */
export async function monthsOf(scope: Scope): Promise<MonthSums[]> {
  const { municipality, day } = scope;
  const rows = await db.$queryRaw<MonthSums[]>`
    SELECT * FROM (
      WITH ${scoped(scope)},
      change AS (
        SELECT m."recordId", left(m.day, 7) AS month,
          m."amountCents" - coalesce(lag(m."amountCents") OVER w, 0) AS "amountCents",
          m."plannedCents" - coalesce(lag(m."plannedCents") OVER w, 0) AS "plannedCents",
          m."acceptedCents" - coalesce(lag(m."acceptedCents") OVER w, 0) AS "acceptedCents",
          m."paidCents" - coalesce(lag(m."paidCents") OVER w, 0) AS "paidCents"
        FROM chain.money m
        WHERE m.municipality = ${municipality} AND m.type = 'commitment' AND m.day <= ${day}
        WINDOW w AS (PARTITION BY m."recordId" ORDER BY m.block, m.index, m.position)
      )
      SELECT change.month, sum(change."amountCents")::bigint AS "committedCents",
        sum(change."plannedCents")::bigint AS "plannedCents",
        sum(change."acceptedCents")::bigint AS "acceptedCents", sum(change."paidCents")::bigint AS "paidCents"
      FROM change WHERE (change."recordId" IN (SELECT id FROM given)) IS TRUE
      GROUP BY 1
    ) AS q ORDER BY month`;
  const until = { committedCents: 0n, plannedCents: 0n, acceptedCents: 0n, paidCents: 0n };
  return rows.map((row) => {
    for (const sum of Object.keys(until) as (keyof Sums)[]) until[sum] += row[sum];
    return { month: row.month, ...until };
  });
}

/** People who have joined a proposal for each commons and not left that one again, as of a day. */
export async function peopleOf(
  { municipality, day }: Scope,
  commons: readonly string[],
): Promise<Record<string, number>> {
  if (commons.length === 0) return {};
  const rows = await db.$queryRaw<{ commons: string; people: number }[]>`
    SELECT commons, count(DISTINCT person)::int AS people FROM (
      SELECT DISTINCT ON (a.id) a.commons, a.person, e.record
      FROM chain.adhesion a
      JOIN chain.entry e ON e.municipality = a.municipality AND e.type = 'adhesion' AND e."recordId" = a.id
      JOIN chain.transaction t ON t.block = e.block AND t.index = e.index
      WHERE a.municipality = ${municipality} AND a.commons = ANY(${[...commons]}::text[]) AND t.day <= ${day}
        AND t.code = 0
      ORDER BY a.id, e.block DESC, e.index DESC, e.position DESC
    ) AS last
    WHERE (record ->> 'withdrawn')::boolean IS NOT TRUE GROUP BY 1`;
  return Object.fromEntries(rows.map((row) => [row.commons, row.people]));
}
