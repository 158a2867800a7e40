/** What a person wants to hear of, and what they have read. */
import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { kinds } from "./rules";
import type { PreferencesByKind, SubscriptionSubject } from "./schema";

export async function subscribe(
  viewer: Viewer,
  municipality: string,
  { kind, subject }: SubscriptionSubject,
): Promise<void> {
  await requireSubject(municipality, { kind, subject });
  await db.subscription.createMany({
    data: [{ municipality, person: viewer.id, kind, subject }],
    skipDuplicates: true,
  });
}

export async function unsubscribe(
  viewer: Viewer,
  municipality: string,
  { kind, subject }: SubscriptionSubject,
): Promise<void> {
  await db.subscription.deleteMany({ where: { municipality, person: viewer.id, kind, subject } });
}

/** Marks one notification as read. */
export async function markRead(viewer: Viewer, municipality: string, event: string): Promise<void> {
  const where = { municipality, person: viewer.id, event };
  if ((await db.notification.count({ where })) === 0) throw new NotFoundError();
  await db.notification.updateMany({ where: { ...where, readAt: null }, data: { readAt: new Date() } });
}

/** Marks as read what had come when the page was made. What came since was not seen. */
export async function markAllRead(viewer: Viewer, municipality: string, until: Date): Promise<void> {
  await db.notification.updateMany({
    where: { municipality, person: viewer.id, readAt: null, createdAt: { lte: until } },
    data: { readAt: new Date() },
  });
}

/** How often a person hears of each kind. */
export async function saveFrequencies(
  viewer: Viewer,
  municipality: string,
  wanted: Partial<PreferencesByKind>,
): Promise<void> {
  const rows = kinds.flatMap((kind) => {
    const frequency = wanted[kind];
    return frequency === undefined ? [] : { municipality, person: viewer.id, kind, frequency };
  });
  await db.$transaction(async (tx) => {
    const changed = { municipality, person: viewer.id, kind: { in: rows.map(({ kind }) => kind) } };
    await tx.notificationPreference.deleteMany({ where: changed });
    await tx.notificationPreference.createMany({ data: rows });
  });
}

/** Only what there is can be followed, and nothing that is not public. */
async function requireSubject(
  municipality: string,
  { kind, subject: id }: SubscriptionSubject,
): Promise<void> {
  const known = {
    commons: () => db.commons.count({ where: { municipality, id } }),
    proposal: () => db.chainProposal.count({ where: { municipality, id, state: { not: "submitted" } } }),
    round: () => db.chainRound.count({ where: { municipality, id } }),
    pact: () => db.chainPact.count({ where: { municipality, id } }),
    district: () =>
      db.commons.count({ where: { municipality, district: Number(id) || -1, publishedAt: { not: null } } }),
    municipality: async () => 1,
    newsletter: async () => 1,
  }[kind];
  if ((await known()) === 0) throw new NotFoundError(kind === "commons" ? "commons_not_found" : undefined);
}
