/** What one queued message tells and to which device, and what became of it. */
import { keyOf, type Place, placesAbout } from "@/features/notifications/about-queries";
import type { About, Kind } from "@/features/notifications/rules";
import { db } from "@/lib/db";
import type { Locale } from "@/lib/language/routing";
import { openDevice } from "./device-service";
import type { BrowserSubscription } from "./schema";

export type Told = {
  kind: Kind;
  name: string;
  facts: Record<string, string | number>;
  about: About;
  place?: Place;
};

export type PushToSend = {
  id: string;
  batch: string;
  kind: "duty" | "now";
  createdAt: Date;
  notBefore: Date | null;
  locale: Locale;
  municipality: { slug: string; name: string };
  /** Undefined where it cannot be read any more. */
  device: BrowserSubscription | undefined;
  deviceId: string;
  /** What was not read meanwhile: how much, and the first. */
  count: number;
  first: Told | undefined;
};

/** A message that is still to be sent; undefined where it was settled, or nobody is there to read it. */
export async function pushToSend(id: string): Promise<PushToSend | undefined> {
  const push = await db.push.findUnique({ where: { id }, include: { to: true } });
  if (push?.state !== "queued") return undefined;
  const { batch, municipality: istatCode, to } = push;
  const unread = { push: batch, readAt: null };
  const [person, municipality, count, first] = await Promise.all([
    db.person.findUnique({ where: { id: push.person, erasedAt: null }, select: { language: true } }),
    db.municipality.findUnique({ where: { istatCode }, select: { slug: true, name: true } }),
    db.notification.count({ where: unread }),
    db.notification.findFirst({ where: unread, include: { of: true }, orderBy: { createdAt: "asc" } }),
  ]);
  if (!person || !municipality) return undefined;
  return {
    ...{ id, batch, kind: push.kind as PushToSend["kind"], createdAt: push.createdAt },
    ...{ notBefore: push.notBefore, municipality, count },
    locale: person.language === "en" ? "en" : "it",
    ...{ device: openDevice(to.id, to.sealed), deviceId: to.id },
    first: first ? await toldBy(istatCode, first) : undefined,
  };
}

type Row = { kind: string; of: { name: string; about: unknown; facts: unknown } };

async function toldBy(municipality: string, { kind, of }: Row): Promise<Told> {
  const about = of.about as About;
  const place = (await placesAbout(municipality, [about])).get(keyOf(about));
  return {
    ...{ kind: kind as Kind, name: of.name, facts: of.facts as Told["facts"], about },
    ...(place && { place }),
  };
}

export async function settlePush(id: string, state: "sent" | "dropped", device?: string): Promise<void> {
  const now = new Date();
  await db.push.updateMany({ where: { id, state: "queued" }, data: { state, settledAt: now } });
  if (state === "sent" && device)
    await db.pushDevice.updateMany({ where: { id: device }, data: { takenAt: now } });
}

/** Notes when the push service wants to be asked again. */
export async function postponePush(id: string, notBefore: Date): Promise<void> {
  await db.push.updateMany({ where: { id, state: "queued" }, data: { notBefore } });
}
