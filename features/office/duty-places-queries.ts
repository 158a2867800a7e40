import "server-only";
import { db } from "@/lib/db";
import type { Duty } from "./duties";

/** The commons of duties by its id: name and district. */
export async function placesOf(
  municipality: string,
  ids: readonly string[],
): Promise<(id: string) => Pick<Duty, "commons" | "commonsName" | "district">> {
  const rows = await db.commons.findMany({
    where: { municipality, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, district: true },
  });
  const places = new Map(rows.map((row) => [row.id, row]));
  return (id) => {
    const place = places.get(id);
    if (!place) return {};
    const { name, district } = place;
    return { commons: id, commonsName: name, ...(district !== null && { district }) };
  };
}

/** Who represents subjects on the ledger, as keys of an audience. */
export async function representativesOf(
  municipality: string,
  subjects: readonly string[],
): Promise<(subject: string | undefined) => string[]> {
  const rows = await db.chainSubject.findMany({
    where: { municipality, id: { in: [...new Set(subjects)] } },
    select: { id: true, representative: true },
  });
  const people = new Map(rows.map(({ id, representative }) => [id, representative]));
  return (subject) => {
    const person = people.get(subject ?? "");
    return person ? [`person:${person}`] : [];
  };
}
