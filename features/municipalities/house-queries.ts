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
  hours: string | null;
  source: string | null;
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
  hours: true,
  source: true,
} as const;

/** The neighbourhood houses of a municipality, or what stands for them, by name. */
export async function listHouses(municipality: string): Promise<HouseView[]> {
  return db.house.findMany({ where: { municipality }, select, orderBy: { name: "asc" } });
}

export async function houseBySlug(municipality: string, slug: string): Promise<HouseView | null> {
  return db.house.findUnique({ where: { municipality_slug: { municipality, slug } }, select });
}
