/** What somebody in office has just done, held in their browser until they go on or put it away. */
import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { cookieName } from "@/lib/cookie-name";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Viewer } from "@/lib/permissions";
import { ownPath } from "@/lib/same-site";
import { readSealedCookie, sealIntoCookie } from "@/lib/sealed-cookie";

const NAME = "done";
const SECONDS = 60 * 60;

const doneSchema = z.object({
  municipality: z.string().length(6),
  transaction: z.string().max(60),
  record: z.string().max(200),
  title: z.string().max(300),
  /** How many acts were signed with one gesture. */
  acts: z.number().int().min(1).max(100),
  /** The queue that the person came from, as its address has it. */
  queue: z.string().max(500),
});
export type Done = z.infer<typeof doneSchema>;

/**
 * Remembers acts that their person has just signed, so that the next page says so and leads on.
 * @param path where signing goes on to: it carries the queue
 */
export async function rememberDone(
  viewer: Viewer,
  municipality: string,
  { ids, path }: { ids: readonly string[]; path: string },
): Promise<void> {
  const items = await db.outboxItem.findMany({
    where: { municipality, person: viewer.id, id: { in: [...ids] } },
    select: { transaction: true, subjectId: true, input: true },
    orderBy: { sequence: "asc" },
  });
  const [item] = items;
  if (!item) return;
  const { transaction, subjectId, input } = item;
  const values = Object.values(input as object).filter((value) => typeof value === "string");
  const duty = await db.duty.findFirst({
    where: { municipality, transaction, record: { in: [subjectId, ...values] } },
    select: { record: true, title: true },
  });
  const queue = new URL(ownPath(path), env.ORIGIN).searchParams.get("coda") ?? "";
  const done: Done = {
    ...{ municipality, transaction, acts: items.length, queue: queue.slice(0, 500) },
    ...{ record: (duty?.record ?? subjectId).slice(0, 200), title: (duty?.title ?? "").slice(0, 300) },
  };
  await sealIntoCookie(NAME, JSON.stringify(done), { purpose: purposeOf(viewer), seconds: SECONDS });
}

/** What somebody did last in a municipality, if it was not put away. */
export async function lastDone(viewer: Viewer, municipality: string): Promise<Done | undefined> {
  const held = await readSealedCookie(NAME, purposeOf(viewer));
  if (held === undefined) return undefined;
  const { success, data } = doneSchema.safeParse(JSON.parse(held));
  return success && data.municipality === municipality ? data : undefined;
}

export async function forgetDone(): Promise<void> {
  (await cookies()).delete(cookieName(NAME));
}

/** Sealed for its person: whoever signs in next at a desk's browser did none of it. */
function purposeOf({ id }: Viewer): string {
  return `what ${id} did last`;
}
