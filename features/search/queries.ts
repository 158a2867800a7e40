import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import { stepSentence } from "@/features/commons/step-words";
import { fileHref } from "@/features/documents/queries";
import { terms } from "@/features/glossary/rules";
import { latestSteps } from "@/features/home/latest-queries";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { formatDate } from "@/lib/format";
import { getPathname, type Href } from "@/lib/language/navigation";
import { literally } from "@/lib/like";
import {
  ALIKE,
  compact,
  type Kind,
  LEAST_ALIKE,
  MARK_END,
  MARK_START,
  type Marked,
  marked,
  PAGE,
  plain,
  type RecordKind,
} from "./rules";
import type { SearchQuery } from "./schema";
import { sources } from "./source-queries";

type Municipality = { istatCode: string; slug: string };

export type Result = {
  kind: Kind;
  id: string;
  title: Marked;
  /** The words around what was found; empty where the title says it all. */
  excerpt: Marked;
  /** The commons it belongs to, where it is something else. */
  place: string;
  district: number | null;
  to: { page: Href } | { file: string } | { address: string };
};

export type Results = {
  results: readonly Result[];
  total: number;
  /** How many there are of each kind, whatever kind is asked for. */
  counts: ReadonlyMap<Kind, number>;
  /** Nothing has these words: what is shown has some that are alike. */
  alike: boolean;
};

/** What of a municipality anyone may see and has these words, the best first. */
export async function search(municipality: Municipality, query: SearchQuery): Promise<Results> {
  const others = [
    ...(await news(municipality, query.text)),
    ...(await explainedTerms(query.text)),
    ...(await helpPages(query.text)),
  ];
  const exact = await found(municipality, query, others, false);
  const isLongEnough = compact(query.text).length >= LEAST_ALIKE;
  if (exact.total > 0 || exact.counts.size > 0 || !isLongEnough) return exact;
  return found(municipality, query, [], true);
}

type Row = {
  kind: RecordKind;
  id: string;
  slug: string;
  name: string;
  district: number | null;
  title: string;
  excerpt: string;
};

async function found(
  municipality: Municipality,
  { text, kind, district, page }: SearchQuery,
  others: readonly Result[],
  alike: boolean,
): Promise<Results> {
  const ranked = Math.max(RANKED, page * PAGE);
  const matches = matching(municipality.istatCode, text, { district, alike, ranked });
  const ofKind = kind ? Prisma.sql`WHERE kind = ${kind}` : Prisma.empty;
  const marks = (rest: string) => `StartSel=${MARK_START},StopSel=${MARK_END},${rest}`;
  // One question for both: the embedded database answers one at a time.
  const [answer] = await db.$queryRaw<{ counts: Partial<Record<Kind, number>>; rows: Row[] }[]>`
    WITH found AS MATERIALIZED (${matches})
    SELECT
      (SELECT coalesce(jsonb_object_agg(kind, count), '{}')
       FROM (SELECT kind, max(matches) AS count FROM found GROUP BY kind) AS tally) AS counts,
      (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'kind', kind, 'id', id, 'slug', slug, 'name', name, 'district', district,
          'title', ts_headline('public.cocity', title, query, ${marks("HighlightAll=true")}),
          'excerpt', ts_headline('public.cocity', body, query, ${marks("MaxFragments=1,MinWords=10,MaxWords=25")})
        ) ORDER BY rank DESC, title, id), '[]')
       FROM (SELECT * FROM found ${ofKind}
             ORDER BY rank DESC, title, id LIMIT ${PAGE} OFFSET ${(page - 1) * PAGE}) AS shown) AS rows
    FROM websearch_to_tsquery('public.cocity', ${text}) AS query`;
  const counts = new Map(Object.entries(answer?.counts ?? {}) as [Kind, number][]);
  const beside = district === undefined ? others : [];
  for (const { kind: one } of beside) counts.set(one, (counts.get(one) ?? 0) + 1);
  const total = kind ? (counts.get(kind) ?? 0) : [...counts.values()].reduce((sum, count) => sum + count, 0);
  const own = (answer?.rows ?? []).map((row) => resultOf(municipality, row));
  // News and pages of help come last: they are few, and whoever searches means something of this Comune.
  const last = page * PAGE >= total ? beside.filter((one) => !kind || one.kind === kind) : [];
  return { results: [...own, ...last], total, counts, alike };
}

/**
 * Matches of each kind that are ranked, those whose names have the words before others: to rank all that a common word
 * has in a city would take seconds, and nobody reads as far.
 */
const RANKED = 100;

/** Rows of all kinds with these words, or where `alike` with words that look like them; each with its rank and how many there are of its kind. */
function matching(
  municipality: string,
  text: string,
  { district, alike, ranked }: { district: number | undefined; alike: boolean; ranked: number },
): Prisma.Sql {
  const tight = compact(text);
  const part = `%${literally(tight)}%`;
  const branches = sources.map(({ rows }) => {
    const source = Prisma.sql`(${rows(municipality)}) AS source(kind, id, slug, name, district, title, body, words, compact)`;
    const within = district === undefined ? Prisma.empty : Prisma.sql`AND district = ${district}`;
    if (alike)
      return Prisma.sql`
        SELECT *, count(*) OVER () AS matches, public.word_similarity(${plain(text)}, public.plain_text(title)) AS rank
        FROM ${source}
        WHERE public.word_similarity(${plain(text)}, public.plain_text(title)) >= ${ALIKE} ${within}
        ORDER BY rank DESC, id LIMIT ${ranked}`;
    const compactly = tight.length >= 3 ? Prisma.sql`OR compact LIKE ${part}` : Prisma.empty;
    return Prisma.sql`
      SELECT *, ts_rank(setweight(to_tsvector('public.cocity', title), 'A') || words, websearch_to_tsquery('public.cocity', ${text}))
        + (CASE WHEN compact LIKE ${part} THEN 1 ELSE 0 END) AS rank
      FROM (
        SELECT *, count(*) OVER () AS matches FROM ${source}
        WHERE (words @@ websearch_to_tsquery('public.cocity', ${text}) ${compactly}) ${within}
        ORDER BY compact LIKE ${part} DESC, id LIMIT ${ranked}) AS nearest`;
  });
  return Prisma.join(
    branches.map((branch) => Prisma.sql`(${branch})`),
    " UNION ALL ",
  );
}

function resultOf({ slug: municipality }: Municipality, row: Row): Result {
  const { kind, id, slug, name, district } = row;
  const place = kind === "proposal" || kind === "pact" ? name : "";
  return {
    ...{ kind, id, district, place, title: marked(row.title), excerpt: marked(row.excerpt) },
    to:
      kind === "document"
        ? { file: fileHref(municipality, id, name) }
        : { page: pageOf(municipality, kind, slug) },
  };
}

function pageOf(municipality: string, kind: Exclude<RecordKind, "document">, slug: string): Href {
  const params = { municipality };
  switch (kind) {
    case "proposal":
    case "commons":
      return { pathname: "/[municipality]/commons/[commons]", params: { ...params, commons: slug } };
    case "call":
      return { pathname: "/[municipality]/calls/[call]", params: { ...params, call: slug } };
    case "round":
      return { pathname: "/[municipality]/rounds/[round]", params: { ...params, round: slug } };
    case "pact":
      return { pathname: "/[municipality]/pacts/[pact]", params: { ...params, pact: slug } };
    case "meeting":
      return { pathname: "/[municipality]/meetings/[meeting]", params: { ...params, meeting: slug } };
    case "house":
      return { pathname: "/[municipality]/houses/[house]", params: { ...params, house: slug } };
  }
}

/** Pieces of news that are searched through, the latest of a municipality: older ones are in the thread of their commons. */
const MOST_NEWS = 30;

/** What happened lately, by the name of the commons or the vote and by what is said of it in the language of who reads. */
async function news({ istatCode, slug }: Municipality, text: string): Promise<Result[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const [steps, t, locale] = await Promise.all([
    latestSteps(istatCode, MOST_NEWS),
    getTranslations("thread"),
    getLocale(),
  ]);
  return steps
    .map((step) => ({ ...step, said: stepSentence(t, locale, step.name, step.facts) }))
    .filter(({ about, said }) => {
      const whole = plain(`${about.name} ${said}`);
      return words.every((word) => whole.includes(word));
    })
    .map(({ transactionId, about, day, said }) => ({
      ...{ kind: "news" as const, id: transactionId, place: formatDate(day, locale), district: null },
      title: [{ text: about.name, found: false }],
      excerpt: [{ text: said, found: false }],
      to: { page: pageOf(slug, about.kind, about.slug) },
    }));
}

/** The pages that say how the site works, in the language of who reads, by the words of their titles and leads. */
async function helpPages(text: string): Promise<Result[]> {
  const t = await getTranslations("search.help");
  const words = wordsOf(text);
  if (words.length === 0) return [];
  return (["how-it-works", "privacy", "accessibility"] as const)
    .map((page) => ({ page, title: t(`${page}.title`), text: t(`${page}.text`) }))
    .filter((page) => {
      const said = plain(`${page.title} ${page.text}`);
      return words.every((word) => said.includes(word));
    })
    .map(({ page, title, text: lead }) => ({
      ...{ kind: "help" as const, id: page, place: "", district: null, to: { page: `/${page}` as const } },
      title: [{ text: title, found: false }],
      excerpt: [{ text: lead, found: false }],
    }));
}

/** As many terms as help: those named like what was searched for come before those that only mention it. */
const MOST_TERMS = 5;

/** Terms of the glossary with these words, in the language of who reads; each leads to its place there. */
async function explainedTerms(text: string): Promise<Result[]> {
  const [t, locale] = await Promise.all([getTranslations("glossary.terms"), getLocale()]);
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const has = (said: string) => words.every((word) => plain(said).includes(word));
  return terms
    .map((id) => ({ id, term: t(`${id}.term`), text: t(`${id}.text`) }))
    .filter((one) => has(`${one.term} ${one.text}`))
    .sort((a, b) => Number(has(b.term)) - Number(has(a.term)))
    .slice(0, MOST_TERMS)
    .map(({ id, term, text: explained }) => ({
      ...{ kind: "help" as const, id, place: "", district: null },
      to: { address: `${getPathname({ href: "/glossary", locale })}#${id}` },
      title: [{ text: term, found: false }],
      excerpt: [{ text: explained, found: false }],
    }));
}

/** Those of a text that are long enough to mean something, without accents and capitals. */
function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
}

/** The ids of the commons with these words in name, address or description, as a list is filtered by them. */
export async function commonsWith(municipality: string, text: string): Promise<string[]> {
  const tight = compact(text);
  const part = `%${literally(tight)}%`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM public."Commons"
    WHERE municipality = ${municipality} AND (
      to_tsvector('public.cocity', name || ' ' || coalesce(address, '') || ' ' || description)
        @@ websearch_to_tsquery('public.cocity', ${text})
      OR (${tight !== ""} AND public.compact_text(name || ' ' || coalesce(address, '')) LIKE ${part})
      OR public.plain_text(description) LIKE ${`%${literally(plain(text))}%`})`;
  return rows.map(({ id }) => id);
}
