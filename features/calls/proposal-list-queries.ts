import "server-only";
import { db } from "@/lib/db";

export type ProposalInCall = {
  id: string;
  title: string;
  state: string;
  costCents: bigint;
  score: number | null;
  commonsName: string;
  commonsSlug: string;
};

/** Proposals on one page. */
const PAGE = 50;

export type ProposalList = {
  proposals: ProposalInCall[];
  /** The one asked for, or the first where it has none. */
  page: number;
  pages: number;
};

/** Published proposals of a call, by the name of what they are about. */
export async function proposalsInCall(
  municipality: string,
  call: string,
  page: number,
): Promise<ProposalList> {
  const rows = await db.$queryRaw<(ProposalInCall & { count: bigint })[]>`
    SELECT p.id, coalesce(t.title, '') AS title, p.state, p."costCents", p.score,
      c.name AS "commonsName", c.slug AS "commonsSlug", count(*) OVER () AS count
    FROM chain.proposal p
    JOIN public."Commons" c
      ON c.municipality = p.municipality AND c.id = p.commons AND c."publishedAt" IS NOT NULL
    LEFT JOIN public."Proposal" t ON t.municipality = p.municipality AND t.id = p.id
    WHERE p.municipality = ${municipality} AND p.call = ${call} AND p.state <> 'submitted'
    ORDER BY public.plain_text(c.name), p.id LIMIT ${PAGE} OFFSET ${(page - 1) * PAGE}`;
  if (rows.length === 0 && page > 1) return proposalsInCall(municipality, call, 1);
  return {
    proposals: rows.map(({ count: _, ...row }) => row),
    page,
    pages: Math.max(1, Math.ceil(Number(rows[0]?.count ?? 0) / PAGE)),
  };
}
