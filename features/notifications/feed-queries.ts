import "server-only";
import { getTranslations } from "next-intl/server";
import { wordsIn } from "@/features/newsletters/newsletter-words";
import { sentNewsletters } from "@/features/newsletters/queries";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { AtomEntry } from "@/lib/export/atom";
import { pathOf } from "@/lib/language/path";
import type { Locale } from "@/lib/language/routing";
import { keyOf, placesAbout } from "./about-queries";
import { nameOf, pageOf, sentenceOf, type Translators } from "./line-words";
import type { NotificationView } from "./queries";
import { type About, type ChosenKind, kinds } from "./rules";

const MOST = 50;
/** What waits for somebody is theirs alone, and comments are read where they stand. */
const isPublic = kinds.filter((kind) => !["office", "deadlines", "comments"].includes(kind));

/** What has happened in a municipality, or to one of its commons, newest first: for readers of news. */
export async function newsOf(
  municipality: { istatCode: string; slug: string },
  locale: Locale,
  only: { kind?: ChosenKind | "newsletter" | undefined; commons?: string | undefined },
): Promise<AtomEntry[]> {
  const { istatCode, slug } = municipality;
  const [t, thread, steps] = await Promise.all([
    getTranslations({ locale, namespace: "notifications" }),
    getTranslations({ locale, namespace: "thread" }),
    getTranslations({ locale, namespace: "workflow.steps" }),
  ]);
  const rows = await db.event.findMany({
    where: {
      municipality: istatCode,
      kind: { in: only.kind ? isPublic.filter((kind) => kind === only.kind) : [...isPublic] },
      // What is told to certain people alone has no subject.
      subjects: only.commons === undefined ? { isEmpty: false } : { has: `commons:${only.commons}` },
    },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: MOST,
  });
  const places = await placesAbout(
    istatCode,
    rows.map(({ about }) => about as About),
  );
  const translators = { t, thread, steps } as unknown as Translators;
  const told = rows.flatMap((row): AtomEntry[] => {
    const about = row.about as About;
    const place = places.get(keyOf(about));
    if (!place) return [];
    const event = {
      ...{ kind: row.kind as ChosenKind, name: row.name, about, place },
      facts: row.facts as NotificationView["facts"],
    };
    const sentence = sentenceOf(translators, locale, event);
    const { page, params } = pageOf(slug, event);
    return [
      {
        ...{ id: `${env.ORIGIN}/api/feeds/${slug}#${row.id}`, title: `${nameOf(event)}: ${sentence}` },
        ...{ link: env.ORIGIN + pathOf(locale, page, params), time: row.createdAt },
      },
    ];
  });
  return [...told, ...(await newslettersIn(municipality, locale, only))]
    .sort((a, b) => b.time.getTime() - a.time.getTime())
    .slice(0, MOST);
}

async function newslettersIn(
  { istatCode, slug }: { istatCode: string; slug: string },
  locale: Locale,
  { kind, commons }: { kind?: string | undefined; commons?: string | undefined },
): Promise<AtomEntry[]> {
  if ((kind !== undefined && kind !== "newsletter") || commons !== undefined) return [];
  const { rows } = await sentNewsletters(istatCode, 1);
  return rows.flatMap((row): AtomEntry[] => {
    const params = { municipality: slug, newsletter: row.id };
    const link = env.ORIGIN + pathOf(locale, "/[municipality]/newsletters/[newsletter]", params);
    const { title, text } = wordsIn(locale, row);
    return row.sentAt ? [{ id: link, title, summary: text.slice(0, 500), time: row.sentAt, link }] : [];
  });
}
