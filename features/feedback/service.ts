import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import type { Page } from "@/lib/language/routing";
import { todayInItaly } from "@/lib/local-time";
import { pageOf } from "./rules";

/** Answers older than this are deleted: what a page was like years ago helps nobody. */
const KEPT_DAYS = 730;

export type FeedbackValues = { path: string; stars: number; answer: string | null; text: string };

/** Keeps what somebody said of a page of the municipality. @throws NotFoundError where the path is none of its pages */
export async function giveFeedback(
  municipality: { istatCode: string; slug: string },
  { path, ...values }: FeedbackValues,
): Promise<void> {
  const about = pageOf(path, municipality.slug);
  if (!about) throw new NotFoundError();
  const record = about.record !== null && (await isRecord(municipality.istatCode, about.page, about.record));
  await db.pageFeedback.create({
    data: {
      ...{ id: crypto.randomUUID(), municipality: municipality.istatCode },
      ...{
        page: about.page,
        record: record ? about.record : null,
        language: /^\/en(\/|$)/.test(path) ? "en" : "it",
      },
      ...{ ...values, day: new Date(todayInItaly()) },
    },
  });
}

/** Whether an address names a record of the municipality: nobody puts words of their own into the report by one. */
async function isRecord(municipality: string, page: Page, name: string): Promise<boolean> {
  const bySlug = { where: { municipality, slug: name } };
  switch (page) {
    case "/[municipality]/commons/[commons]":
      return (await db.commons.count({ where: { ...bySlug.where, publishedAt: { not: null } } })) > 0;
    case "/[municipality]/calls/[call]":
      return (await db.call.count(bySlug)) > 0;
    case "/[municipality]/rounds/[round]":
    case "/[municipality]/rounds/[round]/result":
      return (await db.round.count(bySlug)) > 0;
    case "/[municipality]/pacts/[pact]":
      return (await db.pact.count(bySlug)) > 0;
    case "/[municipality]/houses/[house]":
      return (await db.house.count(bySlug)) > 0;
    case "/[municipality]/funds/[payment]":
      return (await db.chainPayment.count({ where: { municipality, id: name } })) > 0;
    default:
      return false;
  }
}

export async function forgetFeedback(now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  await db.pageFeedback.deleteMany({ where: { day: { lt: before } } });
}
