import "server-only";
import { createHash } from "node:crypto";
import { cache } from "react";
import { type NamedPoint, type SchematicBase, schematicBase } from "@/components/map/schematic/base";
import type { Bounds } from "@/components/map/types";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { outlinesOf } from "./queries";

type Point = { lat: number; lon: number };

/** What lies under the places of a map, and what is seen of it first. */
export type MapBase = {
  bounds: Bounds;
  outlinesUrl?: string | undefined;
  tilesUrl?: string | undefined;
  credit?: string | undefined;
  /** A drawing of our own, where neither outlines nor tiles were brought. */
  schematic?: SchematicBase | undefined;
  /** Neighbourhood houses, to find one's way by. */
  landmarks: readonly (Point & { name: string })[];
};

/** About three kilometres, around a place that stands alone or a municipality of which only the middle is known. */
const AROUND = 0.03;

/** @param shown what must be seen; without any, the municipality around its middle */
export async function mapBase(
  municipality: string,
  centre: Point,
  shown: readonly Point[],
): Promise<MapBase> {
  const [outlines, tiles, houses] = await Promise.all([
    outlinesOf(municipality),
    ownTiles(municipality),
    db.house.findMany({ where: { municipality }, select: { name: true, lat: true, lon: true } }),
  ]);
  const landmarks = houses.flatMap(({ name, lat, lon }) =>
    lat === null || lon === null ? [] : [{ name, lat, lon }],
  );
  const around = shown.length > 0 ? shown : [centre, ...landmarks];
  // One place is looked at from near by, whatever is known of the municipality's outline.
  const bounds = shown.length === 1 ? boundsAround(shown) : (outlines?.bounds ?? boundsAround(around));
  const known = [...landmarks, ...shown];
  return { ...(await under(bounds, outlines, municipality, known, tiles)), landmarks };
}

/** The 312 Comuni of the metropolitan city. */
const metropolitanCity: Bounds = [6.62, 44.68, 8.12, 45.6];

export async function metropolitanMap(): Promise<MapBase> {
  const outlines = await outlinesOf("all");
  return { ...(await under(outlines?.bounds ?? metropolitanCity, outlines, undefined)), landmarks: [] };
}

async function under(
  bounds: Bounds,
  outlines: { url: string; credit: string } | undefined,
  own: string | undefined,
  known: readonly Point[] = [],
  tiles?: { url: string; credit: string },
) {
  const tilesUrl = tiles?.url ?? env.MAP_TILES_URL;
  const credit = [outlines?.credit, tiles?.credit].filter(Boolean).join(" · ");
  if (outlines || tilesUrl) return { bounds, tilesUrl, outlinesUrl: outlines?.url, credit };
  return { bounds, schematic: drawn(bounds, await comuni(own), known) };
}

const MOST_DRAWN = 200;
const drawings = new Map<string, SchematicBase>();

/** Cells of three hundred places take their time: the same ones are computed once in a process. */
function drawn(...of: Parameters<typeof schematicBase>): SchematicBase {
  const key = createHash("sha256").update(JSON.stringify(of)).digest("hex");
  const known = drawings.get(key);
  if (known) return known;
  const base = schematicBase(...of);
  drawings.set(key, base);
  const [oldest] = drawings.keys();
  if (drawings.size > MOST_DRAWN && oldest !== undefined) drawings.delete(oldest);
  return base;
}

/** The middles of all Comuni, which are known before any outline is. */
const middles = cache(() =>
  db.municipality.findMany({ select: { istatCode: true, name: true, lat: true, lon: true } }),
);

async function comuni(own: string | undefined): Promise<NamedPoint[]> {
  const rows = await middles();
  return rows.map(({ istatCode, ...point }) => ({ ...point, own: istatCode === own }));
}

/** The background that the administrators of a municipality brought. */
async function ownTiles(istatCode: string): Promise<{ url: string; credit: string } | undefined> {
  const row = await db.mapBackground.findUnique({ where: { municipality: istatCode } });
  if (!row) return undefined;
  const { slug } = await db.municipality.findUniqueOrThrow({ where: { istatCode }, select: { slug: true } });
  return { url: `/api/maps/${slug}/${row.hash}.pmtiles`, credit: row.credit };
}

function boundsAround(points: readonly Point[]): Bounds {
  const lats = points.map(({ lat }) => lat);
  const lons = points.map(({ lon }) => lon);
  const margin = points.length > 1 ? 0 : AROUND;
  return [
    Math.min(...lons) - margin,
    Math.min(...lats) - margin,
    Math.max(...lons) + margin,
    Math.max(...lats) + margin,
  ];
}
