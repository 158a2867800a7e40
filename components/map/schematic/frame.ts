/** The piece of ground that a schematic map shows, as a plane of fixed proportions. */
import type { Bounds } from "../types";

export type Point = { lat: number; lon: number };
/** Shares of the frame's width and height, from its north-western corner. */
export type Share = { x: number; y: number };

/** Width of a schematic map divided by its height; the class beside it in `schematic-map.tsx` says the same. */
export const PROPORTION = 5 / 4;
const METRES_OF_A_DEGREE = 111_320;
/** Room around the outermost places, so that their shapes are whole. */
const MARGIN = 0.08;
/** Less would show nothing to know a place by. */
const LEAST_METRES = 1_600;

/** The smallest frame of the map's proportions with room around what has to be seen. */
export function frameOf([west, south, east, north]: Bounds): Bounds {
  const lat = (south + north) / 2;
  const lon = (west + east) / 2;
  const shrink = shrinkAt(lat);
  const leastDegrees = LEAST_METRES / METRES_OF_A_DEGREE;
  const width = Math.max((east - west) * shrink, leastDegrees) * (1 + 2 * MARGIN);
  const height = Math.max(north - south, leastDegrees) * (1 + 2 * MARGIN);
  const half = Math.max(height, width / PROPORTION) / 2;
  const halfWidth = (half * PROPORTION) / shrink;
  return [lon - halfWidth, lat - half, lon + halfWidth, lat + half];
}

export function shareOf([west, south, east, north]: Bounds, { lat, lon }: Point): Share {
  return { x: (lon - west) / (east - west), y: (north - lat) / (north - south) };
}

export function pointAt([west, south, east, north]: Bounds, { x, y }: Share): Point {
  return { lat: north - y * (north - south), lon: west + x * (east - west) };
}

/** How wide a frame is on the ground, in metres. */
export function metresAcross([west, south, east, north]: Bounds): number {
  return (east - west) * shrinkAt((south + north) / 2) * METRES_OF_A_DEGREE;
}

export function metresBetween(a: Point, b: Point): number {
  const east = (b.lon - a.lon) * shrinkAt((a.lat + b.lat) / 2);
  return Math.hypot(east, b.lat - a.lat) * METRES_OF_A_DEGREE;
}

/** The longest round distance that takes up at most a quarter of so many metres. */
export function scaleOf(metres: number): { metres: number; share: number } {
  const most = metres / 4;
  const ten = 10 ** Math.floor(Math.log10(most));
  const length = ([5, 2, 1].find((digit) => digit * ten <= most) ?? 1) * ten;
  return { metres: length, share: length / metres };
}

/** A degree of longitude is shorter than one of latitude. */
function shrinkAt(lat: number): number {
  return Math.cos((lat * Math.PI) / 180);
}
