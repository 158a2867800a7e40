/** Which outlines of a file are a municipality's and its districts', whatever form the file has. */
import { type BoundaryRow, ownerOf } from "@/features/municipalities/boundary-rules";
import { inDegrees, pointsOf } from "./coordinates";
import { MapFileError, MOST_OUTLINES, MOST_POINTS } from "./rules";
import type { Feature } from "./shapefile";

export type Outline = Omit<BoundaryRow, "municipality">;
export type Place = { istatCode: string; lat: number; lon: number };

/** How far an outline may stay away from what is known as the municipality's middle, degrees. */
const NEARBY = 0.1;

export function isOwn(properties: Readonly<Record<string, unknown>>, place: Place): boolean {
  return ownerOf(properties, place.istatCode)?.municipality === place.istatCode;
}

/**
 * @throws MapFileError where none is the municipality's, or one of them lies elsewhere
 */
export function ownOutlines(features: readonly Feature[], place: Place): Outline[] {
  const outlines = new Map<string, Outline>();
  for (const { properties, geometry } of features) {
    const owner = ownerOf(properties, place.istatCode);
    if (!owner || owner.municipality !== place.istatCode) continue;
    const { kind, code, name } = owner;
    const degrees = inDegrees(geometry);
    const before = outlines.get(`${kind} ${code}`);
    // Some files write an outline of several parts as several features.
    const coordinates = [...((before?.geometry.coordinates ?? []) as never[]), ...degrees.coordinates];
    outlines.set(`${kind} ${code}`, { kind, code, name, geometry: { type: "MultiPolygon", coordinates } });
  }
  const found = [...outlines.values()];
  if (found.length === 0) throw new MapFileError("map_not_here");
  if (found.length > MOST_OUTLINES) throw new MapFileError("map_file_many", { most: MOST_OUTLINES });
  const polygons = found.flatMap(({ geometry }) => geometry.coordinates as unknown[][][]);
  if (pointsOf(polygons) > MOST_POINTS) throw new MapFileError("map_file_detailed", { most: MOST_POINTS });
  if (!reaches(polygons.flat(2) as [number, number][], place)) throw new MapFileError("map_elsewhere");
  return found.sort((a, b) => b.kind.localeCompare(a.kind) || Number(a.code) - Number(b.code));
}

/** Whether the ground around all points has the middle of the municipality on it, or nearly. */
function reaches(points: readonly [number, number][], { lat, lon }: Place): boolean {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [x, y] of points) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  const isWide = east - west > 2 || north - south > 2;
  return (
    !isWide && lon >= west - NEARBY && lon <= east + NEARBY && lat >= south - NEARBY && lat <= north + NEARBY
  );
}
