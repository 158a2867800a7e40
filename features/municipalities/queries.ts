import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { boundsOf } from "@/components/map/bounds";
import type { Bounds } from "@/components/map/types";
import { db } from "@/lib/db";
import { literally } from "@/lib/like";
import { geometrySchema } from "./boundary-rules";
import { municipalitySlug } from "./rules";

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

/** The name of a Comune that is known here and has no pages yet. */
export async function nameOfInactive(slug: string): Promise<string | undefined> {
  const row = await db.municipality.findUnique({ where: { slug, active: false }, select: { name: true } });
  return row?.name;
}

const settingsSchema = z.object({ demo: z.boolean().default(false) });

/** Whether its people, amounts and dates are invented, as its settings say. */
export const isDemonstration = cache(async (istatCode: string): Promise<boolean> => {
  const row = await db.municipality.findUnique({ where: { istatCode }, select: { settings: true } });
  return settingsSchema.safeParse(row?.settings).data?.demo ?? false;
});

/** All municipalities by name, those with pages first. */
export async function listMunicipalities(search = ""): Promise<ListedMunicipality[]> {
  const path = municipalitySlug(search);
  const rows = await db.municipality.findMany({
    where: search
      ? {
          OR: [
            { name: { contains: literally(search), mode: "insensitive" } },
            // Paths have neither accents nor apostrophes, and many people type none.
            ...(path ? [{ slug: { contains: path } }] : []),
          ],
        }
      : {},
    select: { ...view, active: true },
  });
  return rows.sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, "it"));
}

/** What the map needs to know of outlines before it fetches them; undefined where none were imported. */
export async function outlinesOf(
  municipality: string | "all",
): Promise<{ url: string; bounds: Bounds; credit: string } | undefined> {
  const rows = await boundaryRows(municipality);
  const bounds = boundsOf(
    [],
    rows.map((row) => row.geometry),
  );
  if (!bounds) return undefined;
  const credit = [...new Set(rows.map((row) => row.credit))].join(" · ");
  return { url: `/api/boundaries/${municipality}`, bounds, credit };
}

/** GeoJSON of the outlines of one municipality and its districts, or of all municipalities. */
export async function outlinesAsGeoJson(municipality: string | "all"): Promise<object> {
  const rows = await boundaryRows(municipality);
  return {
    type: "FeatureCollection",
    features: rows.map(({ name, kind, geometry }) => ({
      type: "Feature",
      properties: { name, kind },
      geometry,
    })),
  };
}

async function boundaryRows(municipality: string | "all") {
  const rows = await db.boundary.findMany({
    where: municipality === "all" ? { kind: "municipality" } : { municipality },
    orderBy: [{ kind: "desc" }, { code: "asc" }],
  });
  return rows.map((row) => ({ ...row, geometry: geometrySchema.parse(row.geometry) }));
}
