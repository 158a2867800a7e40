import "server-only";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";
import type { Viewer } from "@/lib/permissions";
import { keyOf, type Place, placesAbout } from "./about-queries";
import { type About, type ChosenKind, DEFAULT_FREQUENCY, type Frequency, type Kind, kinds } from "./rules";
import type { CentreFilter, PreferencesByKind, SubscriptionSubject } from "./schema";

export type NotificationView = {
  event: string;
  kind: Kind;
  /** `contract:function`, or the name of its sentence. */
  name: string;
  facts: Record<string, string | number>;
  day: string;
  about: About;
  place?: Place;
  isRead: boolean;
};

export const PER_PAGE = 30;

/** What a person was told, newest first; what waits for them and is not done comes first. */
export async function notificationsOf(
  municipality: string,
  viewer: Viewer,
  { tipo, nuovi, pagina }: CentreFilter,
): Promise<{ items: NotificationView[]; count: number; page: number; pages: number }> {
  const where = {
    ...{ municipality, person: viewer.id },
    ...(tipo && { kind: tipo }),
    ...(nuovi && { readAt: null }),
  };
  const count = await db.notification.count({ where });
  const pages = pagesOf(count, PER_PAGE);
  const page = Math.min(pagina, pages);
  const rows = await db.notification.findMany({
    where,
    include: { of: true },
    orderBy: [{ createdAt: "desc" }, { event: "asc" }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
  });
  const abouts = rows.map(({ of }) => of.about as About);
  const places = await placesAbout(municipality, abouts);
  const items = rows.map(({ event, kind, readAt, of }): NotificationView => {
    const about = of.about as About;
    const place = places.get(keyOf(about));
    return {
      ...{ event, kind: kind as Kind, name: of.name, facts: of.facts as NotificationView["facts"] },
      ...{ day: of.day, about, isRead: readAt !== null },
      ...(place && { place }),
    };
  });
  return { items, count, page, pages };
}

/** How many notifications a person has not read. */
export function unreadCount(municipality: string, viewer: Pick<Viewer, "id">): Promise<number> {
  return db.notification.count({ where: { municipality, person: viewer.id, readAt: null } });
}

/** How often a person hears of each kind. */
export async function frequenciesOf(municipality: string, viewer: Viewer): Promise<PreferencesByKind> {
  const rows = await db.notificationPreference.findMany({ where: { municipality, person: viewer.id } });
  const chosen = new Map(rows.map(({ kind, frequency }) => [kind, frequency as Frequency]));
  return Object.fromEntries(
    kinds.map((kind): [ChosenKind, Frequency] => [kind, chosen.get(kind) ?? DEFAULT_FREQUENCY]),
  ) as PreferencesByKind;
}

/** Ids of the commons a person follows, the latest first. */
export async function followedCommons(municipality: string, viewer: Viewer): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: { municipality, person: viewer.id, kind: "commons" },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(({ subject }) => subject);
}

/** Everything a person follows, with its name where it has a page. */
export async function subscriptionsOf(
  municipality: string,
  viewer: Viewer,
): Promise<(SubscriptionSubject & { place?: Place })[]> {
  const rows = await db.subscription.findMany({
    where: { municipality, person: viewer.id },
    orderBy: { createdAt: "desc" },
  });
  const [proposals, places] = await Promise.all([
    db.proposal.findMany({
      where: {
        municipality,
        id: { in: rows.filter(({ kind }) => kind === "proposal").map(({ subject }) => subject) },
      },
      select: { id: true, title: true, commons: true },
    }),
    placesAbout(
      municipality,
      rows.flatMap(({ kind, subject }) =>
        kind === "commons" || kind === "round" || kind === "pact" ? { type: kind, id: subject } : [],
      ),
    ),
  ]);
  return rows.map(({ kind, subject }) => {
    const proposal = proposals.find(({ id }) => id === subject);
    const place =
      kind === "proposal"
        ? proposal && { name: proposal.title, slug: "" }
        : places.get(keyOf({ type: kind as About["type"], id: subject }));
    return { kind: kind as SubscriptionSubject["kind"], subject, ...(place && { place }) };
  });
}

/** Whether a person follows one subject; nobody who is not signed in does. */
export async function isFollowing(
  municipality: string,
  viewer: Viewer | undefined,
  { kind, subject }: SubscriptionSubject,
): Promise<boolean> {
  if (!viewer) return false;
  const where = { municipality, person: viewer.id, kind, subject };
  return (await db.subscription.count({ where })) > 0;
}
