/** A file for the map, told by its first bytes and not by its name. */
import { open, readFile } from "node:fs/promises";
import { z } from "zod";
import { openArchive } from "./archive";
import { isOwn, type Outline, ownOutlines, type Place } from "./outlines";
import { MapFileError, MOST_FEATURES, MOST_JSON_BYTES } from "./rules";
import { type Feature, readShapefiles } from "./shapefile";
import { readTiles, type TilesView } from "./tiles";

export type MapFile =
  | { kind: "outlines"; outlines: Outline[]; leftOut: number }
  | { kind: "tiles"; tiles: TilesView };

/** @throws MapFileError for what no map of this municipality can be made of */
export async function readMap(path: string, size: number, place: Place): Promise<MapFile> {
  const start = await firstBytes(path);
  if (start.startsWith("PMTiles")) return { kind: "tiles", tiles: await readTiles(path, size, place) };
  if (start.startsWith("PK\u0003\u0004")) return fromArchive(path, place);
  if (/^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(start)) return fromGeoJson(path, size, place);
  throw new MapFileError("map_file_unknown");
}

async function firstBytes(path: string): Promise<string> {
  const bytes = Buffer.alloc(16);
  const file = await open(path, "r");
  try {
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function fromArchive(path: string, place: Place): Promise<MapFile> {
  const archive = await openArchive(path);
  try {
    const { features, leftOut } = await readShapefiles(archive, (properties) => isOwn(properties, place));
    return { kind: "outlines", outlines: ownOutlines(features, place), leftOut };
  } finally {
    archive.close();
  }
}

const geoJson = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(
    z.object({
      properties: z.record(z.string(), z.unknown()).nullish(),
      geometry: z.object({ type: z.string(), coordinates: z.unknown() }).nullish(),
    }),
  ),
  crs: z.object({ properties: z.object({ name: z.string() }) }).nullish(),
});

async function fromGeoJson(path: string, size: number, place: Place): Promise<MapFile> {
  if (size > MOST_JSON_BYTES)
    throw new MapFileError("map_file_large", { limit: MOST_JSON_BYTES / 1_000_000 });
  const text = (await readFile(path, "utf8")).replace(/^\ufeff/, "");
  const { features, crs } = parse(text);
  if (features.length > MOST_FEATURES) throw new MapFileError("map_file_many", { most: MOST_FEATURES });
  if (crs && !/(CRS84|4326|32632|4258|25832)$/.test(crs.properties.name))
    throw new MapFileError("map_projection");
  const wanted = features.flatMap(({ properties, geometry }): Feature[] =>
    properties && geometry && /^(Multi)?Polygon$/.test(geometry.type) && isOwn(properties, place)
      ? [{ properties, geometry: { type: geometry.type, coordinates: geometry.coordinates } }]
      : [],
  );
  return {
    kind: "outlines",
    outlines: ownOutlines(wanted, place),
    leftOut: features.length - wanted.length,
  };
}

function parse(text: string): z.output<typeof geoJson> {
  try {
    return geoJson.parse(JSON.parse(text));
  } catch {
    throw new MapFileError("map_file_unreadable");
  }
}
