import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { View } from "./view";

export type Scope = { municipality: string; day: string; view: View };

const when = (value: string | number | undefined, clause: (value: string | number) => Prisma.Sql) =>
  value === undefined ? Prisma.empty : clause(value);

/** Rows of money of a type as they were at the end of the day, as `m`. */
export function heldOn(
  { municipality, day }: Scope,
  type: "budget_line" | "commitment" | "milestone" | "payment",
) {
  return Prisma.sql`m.municipality = ${municipality} AND m.type = ${type}
    AND m.day <= ${day} AND (m."goneOn" IS NULL OR m."goneOn" > ${day})`;
}

/** Rows of money of the commitments in view, as `m`: looked up, since a join would be one with a table of unknown size. */
export const ofGiven = Prisma.sql`(m.commitment IN (SELECT id FROM given)) IS TRUE`;

/**
 * Tables that a question about money as of a day begins with: `line`, the budget lines in view; `given`, the commitments in
 * view with what they are grouped by, of a state those that have a payment in it; `pay`, the payments in view. Names are of today.
 */
export function scoped(scope: Scope): Prisma.Sql {
  const { municipality, view } = scope;
  const { anno, fondo, linea, circoscrizione, forma, beneficiario, bene, stato } = view;
  return Prisma.sql`
    line AS MATERIALIZED (
      SELECT l.id, m."amountCents", l.fund, l.name, l.year, l.fictional
      FROM chain.money m
      JOIN chain.budget_line l ON l.municipality = ${municipality} AND l.id = m."recordId"
      WHERE ${heldOn(scope, "budget_line")}
        ${when(anno, (value) => Prisma.sql`AND l.year = ${value}`)}
        ${when(fondo, (value) => Prisma.sql`AND l.fund = ${value}`)}
        ${when(linea, (value) => Prisma.sql`AND l.id = ${value}`)}
    ),
    given AS MATERIALIZED (
      SELECT m."recordId" AS id, m.line, m.commons, m.payee,
        m."amountCents", m."plannedCents", m."acceptedCents", m."paidCents",
        line.fund, line.year, line.name AS "lineName", line.fictional, p.form,
        c.district, c.slug, c.name AS "commonsName",
        CASE WHEN s.kind = 'person' THEN '' ELSE s.name END AS "payeeName"
      FROM chain.money m
      JOIN line ON line.id = m.line
      JOIN chain.commitment k ON k.municipality = ${municipality} AND k.id = m."recordId"
      LEFT JOIN chain.pact p ON p.municipality = ${municipality} AND p.id = k.pact
      LEFT JOIN public."Commons" c ON c.municipality = ${municipality} AND c.id = m.commons
      LEFT JOIN public."Subject" s ON s.municipality = ${municipality} AND s.id = m.payee
      WHERE ${heldOn(scope, "commitment")}
        ${when(circoscrizione, (value) => Prisma.sql`AND c.district = ${value}`)}
        ${when(forma, (value) => Prisma.sql`AND p.form = ${value}`)}
        ${when(beneficiario, (value) => Prisma.sql`AND m.payee = ${value}`)}
        ${when(bene, (value) => Prisma.sql`AND m.commons = ${value}`)}
        ${when(
          stato,
          (value) => Prisma.sql`AND m."recordId" IN (
            SELECT m.commitment FROM chain.money m WHERE ${heldOn(scope, "payment")} AND m.state = ${value})`,
        )}
    ),
    pay AS (
      SELECT m."recordId" AS id, m.commitment, m.state, m."amountCents", m."paidCents", m.block, m.index, line.fictional
      FROM chain.money m
      JOIN line ON line.id = m.line
      WHERE ${heldOn(scope, "payment")} AND ${ofGiven} ${when(stato, (value) => Prisma.sql`AND m.state = ${value}`)}
    )`;
}
