/** Who may edit the page of a house. Pure. */
import type { Viewer } from "@/lib/permissions";

/** Coordinators of the network edit every house, those of one district the houses that lie there. */
export function mayEditHouse(
  viewer: Pick<Viewer, "roles"> | undefined,
  municipality: string,
  house: { district: number | null },
): boolean {
  if (!viewer) return false;
  return viewer.roles.some(
    (held) =>
      held.municipality === municipality &&
      held.role === "coordinator" &&
      (held.district === undefined || held.district === house.district),
  );
}
