import "server-only";
import { db } from "@/lib/db";

export type HouseView = {
  id: string;
  slug: string;
  name: string;
  address: string;
  district: number | null;
  lat: number | null;
  lon: number | null;
  email: string | null;
  phone: string | null;
  hours: string | null;
  text: string;
};

const select = {
  id: true,
  slug: true,
  name: true,
  address: true,
  district: true,
  lat: true,
  lon: true,
  email: true,
  phone: true,
  hours: true,
  text: true,
} as const;

/** The neighbourhood houses of a municipality, or what stands for them, by name. */
export async function listHouses(municipality: string): Promise<HouseView[]> {
  return db.house.findMany({ where: { municipality }, select, orderBy: { name: "asc" } });
}

export async function houseBySlug(municipality: string, slug: string): Promise<HouseView | null> {
  return db.house.findUnique({ where: { municipality_slug: { municipality, slug } }, select });
}

/** The house nearest to a commons, or the first by name where the one's or the others' place is not known. */
export async function nearestHouse(municipality: string, commons: string): Promise<HouseView | undefined> {
  const [houses, place] = await Promise.all([
    listHouses(municipality),
    db.commons.findUnique({
      where: { municipality_id: { municipality, id: commons } },
      select: { lat: true, lon: true },
    }),
  ]);
  const far = ({ lat, lon }: HouseView): number => {
    if (lat === null || lon === null || place?.lat == null || place.lon == null) return Number.MAX_VALUE;
    // Within a city a degree of longitude is as long everywhere.
    return Math.hypot(lat - place.lat, (lon - place.lon) * Math.cos((place.lat * Math.PI) / 180));
  };
  return houses.toSorted((a, b) => far(a) - far(b))[0];
}
