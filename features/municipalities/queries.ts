import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { db } from "@/lib/db";

export type MunicipalityView = {
  istatCode: string;
  slug: string;
  name: string;
  lat: number;
  lon: number;
  population: number | null;
};

export type ListedMunicipality = MunicipalityView & { active: boolean };

const view = { istatCode: true, slug: true, name: true, lat: true, lon: true, population: true } as const;

/** The municipality whose pages these are. Every other query takes its `istatCode` from here. */
export const requireMunicipality = cache(async (slug: string): Promise<MunicipalityView> => {
  return (await municipalityBySlug(slug)) ?? notFound();
});

export const municipalityBySlug = cache(
  async (slug: string): Promise<MunicipalityView | null> =>
    db.municipality.findUnique({ where: { slug, active: true }, select: view }),
);

/** All municipalities by name, those with pages first. */
export async function listMunicipalities(search = ""): Promise<ListedMunicipality[]> {
  const rows = await db.municipality.findMany({
    where: search ? { name: { contains: search, mode: "insensitive" } } : {},
    select: { ...view, active: true },
  });
  return rows.sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, "it"));
}
