import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";

const delivered = z.object({
  to: z.string().nullable(),
  messageId: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type DeliveredMail = z.output<typeof delivered> & { id: string; at: Date };

const MOST = 200;

/** The mails that a person would have got in a trial, newest first. */
export async function mailboxOf(municipality: string, viewer: Viewer): Promise<DeliveredMail[]> {
  const rows = await db.mail.findMany({
    where: { municipality, person: viewer.id, state: "sent" },
    orderBy: { createdAt: "desc" },
    take: MOST,
  });
  return rows.flatMap(({ id, createdAt, delivered: kept }) => asDelivered(id, createdAt, kept));
}

/** One of them, for its person alone. */
export async function mailInMailbox(
  municipality: string,
  viewer: Viewer,
  id: string,
): Promise<DeliveredMail | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const row = await db.mail.findFirst({ where: { id, municipality, person: viewer.id } });
  return row ? asDelivered(row.id, row.createdAt, row.delivered)[0] : undefined;
}

function asDelivered(id: string, at: Date, kept: unknown): DeliveredMail[] {
  const parsed = delivered.safeParse(kept);
  return parsed.success ? [{ id, at, ...parsed.data }] : [];
}
