/** Whether a position may be a place of a municipality. Pure. */

export type Point = { lat: number; lon: number };
type Geometry = { type: "Polygon" | "MultiPolygon"; coordinates: unknown };

/** Outlines are drawn with less detail than the ground has: a place at the edge may lie a little outside. */
const EDGE_METRES = 300;
/** Where no outline is known, no municipality reaches further from its middle. */
const REACH_METRES = 25_000;
const METRES_OF_A_DEGREE = 111_320;

/**
 * The code of the sentence that says what is wrong with a position, undefined where it may be right. `outlines` are of
 * the municipality or of all its districts; without any its middle decides.
 */
export function positionProblem(
  point: Point,
  municipality: { centre: Point; outlines: readonly Geometry[] },
): "position_swapped" | "position_outside" | undefined {
  if (isInside(point, municipality)) return undefined;
  const swapped = { lat: point.lon, lon: point.lat };
  return isInside(swapped, municipality) ? "position_swapped" : "position_outside";
}

function isInside(
  point: Point,
  { centre, outlines }: { centre: Point; outlines: readonly Geometry[] },
): boolean {
  if (outlines.length === 0) return metresBetween(point, centre) <= REACH_METRES;
  return around(point).some((near) => outlines.some((outline) => isWithinOutline(near, outline)));
}

/** The point and eight others at the edge's width around it. */
function around({ lat, lon }: Point): Point[] {
  const up = EDGE_METRES / METRES_OF_A_DEGREE;
  const right = up / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  const steps = [-1, 0, 1];
  return steps.flatMap((y) => steps.map((x) => ({ lat: lat + y * up, lon: lon + x * right })));
}

/** Every ring that a ray to the east crosses an odd number of times holds the point; holes take it out again. */
function isWithinOutline(point: Point, outline: Geometry): boolean {
  let isWithin = false;
  for (const ring of ringsOf(outline.coordinates)) {
    for (let here = 0, before = ring.length - 1; here < ring.length; before = here++) {
      const [x1, y1] = ring[here] as [number, number];
      const [x2, y2] = ring[before] as [number, number];
      const crosses = y1 > point.lat !== y2 > point.lat;
      if (crosses && point.lon < ((x2 - x1) * (point.lat - y1)) / (y2 - y1) + x1) isWithin = !isWithin;
    }
  }
  return isWithin;
}

/** Lists of positions, however deep they lie. */
function ringsOf(coordinates: unknown): [number, number][][] {
  if (!Array.isArray(coordinates)) return [];
  if (coordinates.every(isPosition)) return coordinates.length > 0 ? [coordinates] : [];
  return coordinates.flatMap(ringsOf);
}

function isPosition(value: unknown): value is [number, number] {
  return Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number";
}

function metresBetween(one: Point, other: Point): number {
  const north = (one.lat - other.lat) * METRES_OF_A_DEGREE;
  const east = (one.lon - other.lon) * METRES_OF_A_DEGREE * Math.cos((other.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}
