import type { Bounds, Place } from "./types";

/** The smallest box around places and outlines; undefined where there is nothing to show. */
export function boundsOf(
  places: readonly Pick<Place, "lon" | "lat">[],
  geometries: readonly { coordinates: unknown }[],
): Bounds | undefined {
  const points = [
    ...places.map(({ lon, lat }): [number, number] => [lon, lat]),
    ...geometries.flatMap(({ coordinates }) => positions(coordinates)),
  ];
  if (points.length === 0) return undefined;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon, lat] of points) {
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

/** Whether a place lies within what the map shows. */
export function isWithin(place: Pick<Place, "lon" | "lat">, [west, south, east, north]: Bounds): boolean {
  return place.lon >= west && place.lon <= east && place.lat >= south && place.lat <= north;
}

function positions(coordinates: unknown): [number, number][] {
  if (!Array.isArray(coordinates)) return [];
  const [lon, lat] = coordinates;
  if (typeof lon === "number" && typeof lat === "number") return [[lon, lat]];
  return coordinates.flatMap(positions);
}
