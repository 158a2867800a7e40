import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { type Scope, scoped } from "./scope-queries";
import type { Grouping } from "./view";

/** What commitments carried over from year to year brought to a group of lines, less what was released since, and took from it. */
export type Carried = { inCents: bigint; outCents: bigint };

/** Of a view by year, fund or line, as of its day: from the carry-overs that its commitments tell. */
export async function carriedOf(scope: Scope, per: Grouping): Promise<Map<string, Carried>> {
  if (per !== "year" && per !== "fund" && per !== "line") return new Map();
  const { municipality, day, view } = scope;
  // Of single commitments a line's carried sums say nothing.
  if (view.circoscrizione ?? view.forma ?? view.beneficiario ?? view.bene) return new Map();
  const key = { year: Prisma.sql`line.year::text`, fund: Prisma.sql`line.fund`, line: Prisma.sql`line.id` }[
    per
  ];
  const rows = await db.$queryRaw<(Carried & { key: string })[]>`
    SELECT * FROM (
      WITH ${scoped(scope)},
      carry AS (
        SELECT k.line AS source, entry->>'line' AS target, (entry->>'amountCents')::bigint AS cents
        FROM chain.commitment k
        CROSS JOIN LATERAL jsonb_array_elements(coalesce(k.record->'carries', '[]'::jsonb)) AS entry
        WHERE k.municipality = ${municipality} AND entry->>'on' <= ${day}
      ),
      saved AS (
        SELECT k.line, (entry->>'amountCents')::bigint AS cents
        FROM chain.commitment k
        CROSS JOIN LATERAL jsonb_array_elements(coalesce(k.record->'releases', '[]'::jsonb)) AS entry
        WHERE k.municipality = ${municipality} AND k.record ? 'carriedFrom' AND entry->>'on' <= ${day}
      )
      SELECT ${key} AS key,
        coalesce(sum(moved.cents) FILTER (WHERE moved.side = 'in'), 0)::bigint AS "inCents",
        coalesce(sum(moved.cents) FILTER (WHERE moved.side = 'out'), 0)::bigint AS "outCents"
      FROM line
      JOIN (
        SELECT source AS id, cents, 'out' AS side FROM carry
        UNION ALL SELECT target, cents, 'in' FROM carry
        UNION ALL SELECT line, -cents, 'in' FROM saved
      ) AS moved ON moved.id = line.id
      GROUP BY 1
    ) AS q ORDER BY key`;
  return new Map(rows.map(({ key: of, ...carried }) => [of, carried]));
}
