import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";

const PER_PAGE = 20;
const MOST_DRAFTS = 100;

/** What was sent, the latest first: public. */
export async function sentNewsletters(municipality: string, page: number) {
  const where = { municipality, sentAt: { not: null } };
  const pages = pagesOf(await db.newsletter.count({ where }), PER_PAGE);
  const at = Math.min(page, pages);
  const rows = await db.newsletter.findMany({
    ...{ where, orderBy: [{ sentAt: "desc" as const }, { id: "asc" as const }] },
    ...{ skip: (at - 1) * PER_PAGE, take: PER_PAGE },
  });
  return { rows, page: at, pages };
}

/** One that was sent. */
export async function sentNewsletter(municipality: string, id: string) {
  const row = await newsletterById(municipality, id);
  return row?.sentAt ? row : undefined;
}

/** What is still being written, for whoever writes it. */
export async function draftNewsletters(municipality: string) {
  const where = { municipality, sentAt: null };
  return db.newsletter.findMany({ where, orderBy: { changedAt: "desc" }, take: MOST_DRAFTS });
}

/** A draft or one that was sent, for whoever writes them. */
export async function newsletterById(municipality: string, id: string) {
  if (!z.uuid().safeParse(id).success) return undefined;
  return (await db.newsletter.findFirst({ where: { id, municipality } })) ?? undefined;
}
