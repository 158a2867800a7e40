import "server-only";
import { db } from "@/lib/db";
import type { Page } from "@/lib/language/routing";
import { type Summary, summaryOf } from "./rules";
import type { Period } from "./schema";

/** The most answers that a page or a file holds: enough for years of a town. */
const MOST = 20_000;

export type Feedback = {
  page: Page;
  record: string | null;
  language: "it" | "en";
  stars: number;
  answer: string | null;
  text: string;
  /** `YYYY-MM-DD` */
  day: string;
};

export type FeedbackByPage = { page: Page; record: string | null } & Summary;

/** Answers of a period, newest first; both days belong to it. */
export async function feedbackOf(municipality: string, period: Period): Promise<Feedback[]> {
  const rows = await db.pageFeedback.findMany({
    where: {
      municipality,
      day: {
        ...(period.from && { gte: new Date(period.from) }),
        ...(period.to && { lte: new Date(period.to) }),
      },
    },
    orderBy: [{ day: "desc" }, { id: "asc" }],
    take: MOST,
  });
  return rows.map(({ page, language, day, ...row }) => ({
    ...{ record: row.record, stars: row.stars, answer: row.answer, text: row.text },
    ...{ page: page as Page, language: language === "en" ? "en" : "it", day: day.toISOString().slice(0, 10) },
  }));
}

/** The same by page, the one that needs work most first. */
export function byPage(all: readonly Feedback[]): FeedbackByPage[] {
  const pages = new Map<string, Feedback[]>();
  for (const one of all) {
    const key = `${one.page} ${one.record ?? ""}`;
    pages.set(key, [...(pages.get(key) ?? []), one]);
  }
  return [...pages.values()]
    .flatMap((given) => {
      const [first] = given;
      return first ? [{ page: first.page, record: first.record, ...summaryOf(given) }] : [];
    })
    .sort((a, b) => (a.average ?? 0) - (b.average ?? 0) || b.count - a.count);
}
