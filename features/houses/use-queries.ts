/** Whether anything but its own name and place speaks of a house. */
import type { Database } from "@/lib/db";

/** Whether a house has people, events, meetings, photographs, or a desk at which somebody voted. */
export async function isHouseInUse(
  tx: Database,
  { municipality, house }: { municipality: string; house: string },
): Promise<boolean> {
  const about = { municipality, aboutType: "house", aboutId: house };
  const counts = await Promise.all([
    tx.housePerson.count({ where: { municipality, house } }),
    tx.houseEvent.count({ where: { municipality, house } }),
    tx.meeting.count({ where: about }),
    tx.picture.count({ where: about }),
    tx.chainStation.count({ where: { municipality, station: house } }),
  ]);
  return counts.some((count) => count > 0);
}
