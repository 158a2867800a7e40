import "server-only";
import { titlesOf } from "@/features/comments/about-queries";
import { db } from "@/lib/db";
import type { About } from "./rules";

/** What a page is called and where it is. */
export type Place = { name: string; slug: string };

/** Names and addresses of what events are about; what is not there, or not public, has none. */
export async function placesAbout(
  municipality: string,
  abouts: readonly About[],
): Promise<ReadonlyMap<string, Place>> {
  const of = (type: About["type"]) => ({
    municipality,
    id: { in: [...new Set(abouts.filter((about) => about.type === type).map(({ id }) => id))] },
  });
  const [commons, rounds, pacts, calls, houses, comments, meetings] = await Promise.all([
    db.commons.findMany({ where: { ...of("commons"), publishedAt: { not: null } }, select: named }),
    db.round.findMany({ where: of("round"), select: titled }),
    db.pact.findMany({ where: of("pact"), select: titled }),
    db.call.findMany({ where: of("call"), select: titled }),
    db.house.findMany({ where: of("house"), select: named }),
    commentPlaces(municipality, of("comment").id.in),
    db.meeting.findMany({ where: of("meeting"), select: { id: true, title: true } }),
  ]);
  return new Map<string, Place>([
    ...commons.map((row) => [keyOf({ type: "commons", id: row.id }), row] as const),
    ...rounds.map((row) => [keyOf({ type: "round", id: row.id }), placeOf(row)] as const),
    ...pacts.map((row) => [keyOf({ type: "pact", id: row.id }), placeOf(row)] as const),
    ...calls.map((row) => [keyOf({ type: "call", id: row.id }), placeOf(row)] as const),
    ...houses.map((row) => [keyOf({ type: "house", id: row.id }), row] as const),
    ...meetings.map(({ id, title }) => [keyOf({ type: "meeting", id }), { name: title, slug: id }] as const),
    ...comments.map((row) => [keyOf({ type: "comment", id: row.slug }), row] as const),
  ]);
}

/** A comment is called by what it is about. */
async function commentPlaces(municipality: string, ids: readonly string[]): Promise<Place[]> {
  const rows = await db.comment.findMany({
    where: { municipality, id: { in: [...ids] } },
    select: { id: true, aboutType: true, aboutId: true },
  });
  const titles = await titlesOf(municipality, rows);
  return rows.flatMap(({ id, ...about }) => {
    const name = titles(about);
    return name === undefined ? [] : { name, slug: id };
  });
}

const named = { id: true, name: true, slug: true } as const;
const titled = { id: true, title: true, slug: true } as const;

export function keyOf({ type, id }: About): string {
  return `${type}:${id}`;
}

function placeOf({ title, slug }: { title: string; slug: string }): Place {
  return { name: title, slug };
}
