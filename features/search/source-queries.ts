/**
 * Where each kind of thing is searched for: what anyone may see of it, in one municipality. The words stand in their own
 * tables and are indexed there (the migration `search`), so a result is never older than what it leads to. Whether
 * something is published is read from the same tables as its page.
 */

import { DRAFT_VARIANT, REPLACED, SOURCE, VARIANT } from "@/features/pictures/rules";
import { Prisma } from "@/generated/prisma/client";
import type { RecordKind } from "./rules";

/** A row each: `kind`, `id`, `slug` for the address, `name` of its commons or file, `district`, `title`, `body` that says more, `words` and `compact`. */
export type Source = { kind: RecordKind; rows: (municipality: string) => Prisma.Sql };

const notOfUploads = Prisma.join(["upload", SOURCE, VARIANT, DRAFT_VARIANT, REPLACED]);

/** A file is public from when an act is asked for that publishes it; it is found once the ledger has that act. */
const isTold = Prisma.sql`
  CASE a."aboutType"
    WHEN 'call' THEN EXISTS (SELECT FROM chain.call c WHERE c.municipality = a.municipality AND c.id = a."aboutId")
    WHEN 'proposal' THEN EXISTS (
      SELECT FROM chain.proposal c WHERE c.municipality = a.municipality AND c.id = a."aboutId" AND c.state <> 'submitted')
    ELSE true
  END
  AND coalesce((
    SELECT bool_or(o.status = 'committed') FROM public."OutboxItem" o
    WHERE o.municipality = a.municipality AND o."subjectType" = a."aboutType" AND o."subjectId" = a."aboutId"
      AND strpos(o.input::text, a.hash) > 0), true)`;

export const sources: readonly Source[] = [
  {
    kind: "commons",
    rows: (municipality) => Prisma.sql`
      SELECT 'commons' AS kind, id, slug, '' AS name, district, name AS title,
        trim(coalesce(address, '') || ' ' || description) AS body,
        to_tsvector('public.cocity', name || ' ' || coalesce(address, '') || ' ' || description) AS words,
        public.compact_text(name || ' ' || coalesce(address, '')) AS compact
      FROM public."Commons" WHERE municipality = ${municipality} AND "publishedAt" IS NOT NULL`,
  },
  {
    kind: "proposal",
    rows: (municipality) => Prisma.sql`
      SELECT 'proposal', p.id, b.slug, b.name, b.district, p.title, p.summary,
        to_tsvector('public.cocity', p.title || ' ' || p.summary), public.compact_text(p.title)
      FROM public."Proposal" p
      JOIN chain.proposal c ON c.municipality = p.municipality AND c.id = p.id AND c.state <> 'submitted'
      JOIN public."Commons" b ON b.municipality = p.municipality AND b.id = c.commons AND b."publishedAt" IS NOT NULL
      WHERE p.municipality = ${municipality}`,
  },
  {
    kind: "call",
    rows: (municipality) => Prisma.sql`
      SELECT 'call', p.id, p.slug, '', NULL::int, p.title, p.summary || ' ' || p.objectives,
        to_tsvector('public.cocity', p.title || ' ' || p.summary || ' ' || p.objectives), public.compact_text(p.title)
      FROM public."Call" p JOIN chain.call c ON c.municipality = p.municipality AND c.id = p.id
      WHERE p.municipality = ${municipality}`,
  },
  {
    kind: "round",
    rows: (municipality) => Prisma.sql`
      SELECT 'round', p.id, p.slug, '', NULL::int, p.title, p.summary,
        to_tsvector('public.cocity', p.title || ' ' || p.summary), public.compact_text(p.title)
      FROM public."Round" p JOIN chain.round c ON c.municipality = p.municipality AND c.id = p.id
      WHERE p.municipality = ${municipality}`,
  },
  {
    kind: "pact",
    rows: (municipality) => Prisma.sql`
      SELECT 'pact', p.id, p.slug, coalesce(b.name, ''), b.district, p.title, '',
        to_tsvector('public.cocity', p.title || ' ' || coalesce(b.name, '')), public.compact_text(p.title)
      FROM public."Pact" p
      JOIN chain.pact c ON c.municipality = p.municipality AND c.id = p.id
      LEFT JOIN public."Commons" b ON b.municipality = p.municipality AND b.id = c.commons
      WHERE p.municipality = ${municipality}`,
  },
  {
    kind: "house",
    rows: (municipality) => Prisma.sql`
      SELECT 'house', id, slug, '', district, name, address,
        to_tsvector('public.cocity', name || ' ' || address), public.compact_text(name || ' ' || address)
      FROM public."House" WHERE municipality = ${municipality}`,
  },
  {
    kind: "meeting",
    rows: (municipality) => Prisma.sql`
      SELECT 'meeting', id::text, id::text, '', district, title, trim(place || ' ' || agenda || ' ' || minutes),
        to_tsvector('public.cocity', title || ' ' || place || ' ' || agenda || ' ' || minutes),
        public.compact_text(title || ' ' || place)
      FROM public."Meeting" WHERE municipality = ${municipality}`,
  },
  {
    kind: "document",
    rows: (municipality) => Prisma.sql`
      SELECT 'document', id, '', name, NULL::int, name, '',
        to_tsvector('public.cocity', translate(name, '._-', '   ')), public.compact_text(name)
      FROM public."Attachment" a
      WHERE municipality = ${municipality} AND public AND "aboutType" NOT IN (${notOfUploads}) AND ${isTold}`,
  },
];
