import "server-only";
import { commonsWith } from "@/features/search/queries";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";
import type { CommonsCard } from "./queries";
import type { CommonsFilter } from "./schema";
import { liveliest } from "./stage";

export type CommonsList = {
  commons: CommonsCard[];
  /** Of all that were found. */
  count: number;
  /** The one asked for, or the last that there is. */
  page: number;
  pages: number;
};

export type Portion = {
  most: number;
  page?: number;
  /** By name, or first those about which something is going on: one of each stage, then a second of each. */
  order?: "name" | "movement";
  /** Of these alone. */
  only?: readonly string[];
};

/** Some of the commons that anyone may see, without their photographs. A commons is seen once a proposal on it is published. */
export async function listCommons(
  municipality: string,
  filter: CommonsFilter,
  portion: Portion,
): Promise<CommonsList> {
  const { most, page = 1, order = "name", only } = portion;
  const searched = filter.search === undefined ? undefined : await commonsWith(municipality, filter.search);
  const rows = await db.$queryRaw<(CommonsCard & { count: bigint })[]>`
    SELECT id, slug, name, kind, address, district, lat, lon, "positionOf", stage, count(*) OVER () AS count
    FROM (
      SELECT c.*, array_position(${[...liveliest]}::text[], c.stage) AS rank,
        row_number() OVER (PARTITION BY c.stage ORDER BY c.name, c.id) AS turn
      FROM (
        SELECT c.id, c.slug, c.name, c.kind, c.address, c.district, c.lat, c.lon, c."positionOf",
          coalesce(${stageIn("pact", municipality)}, ${stageIn("proposal", municipality)}, 'known') AS stage
        FROM public."Commons" c
        WHERE c.municipality = ${municipality} AND c."publishedAt" IS NOT NULL
          ${filter.kind ? Prisma.sql`AND c.kind = ${filter.kind}` : Prisma.empty}
          ${filter.district ? Prisma.sql`AND c.district = ${filter.district}` : Prisma.empty}
          ${among(only)} ${among(searched)}) AS c
    ) AS found
    ${filter.stage ? Prisma.sql`WHERE stage = ${filter.stage}` : Prisma.empty}
    ORDER BY ${order === "movement" ? Prisma.sql`rank IS NULL, turn, rank,` : Prisma.empty} name, id
    LIMIT ${most} OFFSET ${(page - 1) * most}`;
  if (rows.length === 0 && page > 1) {
    const first = await listCommons(municipality, filter, { ...portion, page: 1 });
    return first.pages === 1 ? first : listCommons(municipality, filter, { ...portion, page: first.pages });
  }
  const count = Number(rows[0]?.count ?? 0);
  const pages = pagesOf(count, most);
  return { commons: rows.map(({ count: _, ...card }) => card), count, page, pages };
}

/** How far a commons has come: the state of its latest pact that is neither a draft nor given up, or of its latest proposal. */
function stageIn(record: "pact" | "proposal", municipality: string): Prisma.Sql {
  const latest = Prisma.sql`municipality = ${municipality} AND commons = c.id`;
  return record === "pact"
    ? Prisma.sql`(SELECT 'pact_' || state FROM chain.pact
        WHERE ${latest} AND state NOT IN ('draft', 'withdrawn') ORDER BY block DESC LIMIT 1)`
    : Prisma.sql`(SELECT state FROM chain.proposal
        WHERE ${latest} AND state <> 'submitted' ORDER BY block DESC LIMIT 1)`;
}

function among(ids: readonly string[] | undefined): Prisma.Sql {
  return ids ? Prisma.sql`AND c.id = ANY(${[...ids]}::text[])` : Prisma.empty;
}
