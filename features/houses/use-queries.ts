/** Whether anything but its own name and place speaks of a house. */
import type { Database } from "@/lib/db";

export async function isHouseInUse(
  tx: Database,
  { municipality, house }: { municipality: string; house: string },
): Promise<boolean> {
  return (await housesInUse(tx, { municipality, houses: [house] })).size > 0;
}

/** Of some houses, by id, those with people, events, meetings, photographs or a desk at which somebody voted. */
export async function housesInUse(
  tx: Database,
  { municipality, houses }: { municipality: string; houses: readonly string[] },
): Promise<ReadonlySet<string>> {
  const ids = { in: [...houses] };
  const about = { municipality, aboutType: "house", aboutId: ids };
  const own = { where: { municipality, house: ids }, select: { house: true } } as const;
  const [people, events, meetings, pictures, stations] = await Promise.all([
    tx.housePerson.findMany({ ...own, distinct: ["house"] }),
    tx.houseEvent.findMany({ ...own, distinct: ["house"] }),
    tx.meeting.findMany({ where: about, distinct: ["aboutId"], select: { aboutId: true } }),
    tx.picture.findMany({ where: about, distinct: ["aboutId"], select: { aboutId: true } }),
    tx.chainStation.findMany({
      where: { municipality, station: ids },
      distinct: ["station"],
      select: { station: true },
    }),
  ]);
  return new Set([
    ...[...people, ...events].map(({ house }) => house),
    ...[...meetings, ...pictures].map(({ aboutId }) => aboutId),
    ...stations.map(({ station }) => station),
  ]);
}
