import "server-only";
import { chainDay } from "@/features/calls/queries";
import { publishedName } from "@/features/funds/rules";
import { db } from "@/lib/db";
import type { View } from "./view";

export type AsOf = {
  /** The chain's day whose end the numbers are of. */
  day: string;
  /** Until the chain's day is over its numbers can change. */
  isOver: boolean;
  /** What was asked for lies after the chain's day: nothing is known of it. */
  isAhead: boolean;
};

/** The day that a view is of: the one that its address names, or the chain's. */
export async function asOf(municipality: string, wanted: string | undefined): Promise<AsOf> {
  const today = await chainDay(municipality);
  const isAhead = wanted !== undefined && wanted > today;
  const day = wanted === undefined || isAhead ? today : wanted;
  return { day, isOver: day < today, isAhead };
}

export type Choices = { years: number[]; funds: string[]; districts: number[] };

/** What the filters offer. */
export async function choicesOf(municipality: string): Promise<Choices> {
  const [lines, districts] = await Promise.all([
    db.chainBudgetLine.groupBy({ by: ["year", "fund"], where: { municipality } }),
    db.commons.groupBy({ by: ["district"], where: { municipality, district: { not: null } } }),
  ]);
  return {
    years: [...new Set(lines.map(({ year }) => year))].sort((a, b) => b - a),
    funds: [...new Set(lines.map(({ fund }) => fund))].sort((a, b) => a.localeCompare(b, "it")),
    districts: districts.flatMap(({ district }) => district ?? []).sort((a, b) => a - b),
  };
}

/** What the view's line, payee and commons are called; nothing for ids that this municipality does not have. */
export async function namesIn(municipality: string, { linea, beneficiario, bene }: View) {
  const at = (id: string) => ({ where: { municipality_id: { municipality, id } } });
  const [line, payee, commons] = await Promise.all([
    linea === undefined ? null : db.chainBudgetLine.findUnique(at(linea)),
    beneficiario === undefined ? null : db.subject.findUnique(at(beneficiario)),
    bene === undefined ? null : db.commons.findUnique(at(bene)),
  ]);
  return {
    line: line?.name ?? null,
    payee: payee ? publishedName(payee) : null,
    commons: commons?.name ?? null,
  };
}

export type EndingPact = { id: string; slug: string; title: string; endsOn: string };

/** Active pacts whose last day lies between a day and the end of its year, as their records were on that day. */
export async function pactsEnding(municipality: string, day: string): Promise<EndingPact[]> {
  return db.$queryRaw<EndingPact[]>`
    SELECT p.id, p.slug, p.title, last.record->>'endsOn' AS "endsOn"
    FROM (
      SELECT DISTINCT ON (e."recordId") e."recordId", e.record
      FROM chain.entry e
      JOIN chain.transaction t ON t.block = e.block AND t.index = e.index
      WHERE e.municipality = ${municipality} AND e.type = 'pact' AND t.day <= ${day}
      ORDER BY e."recordId", e.block DESC, e.index DESC, e.position DESC
    ) AS last
    JOIN public."Pact" p ON p.municipality = ${municipality} AND p.id = last."recordId"
    WHERE last.record->>'state' IN ('active', 'suspended')
      AND last.record->>'endsOn' BETWEEN ${day} AND ${`${day.slice(0, 4)}-12-31`}
    ORDER BY "endsOn", p.title LIMIT 200`;
}
