/** Coordinates as files of Italian boundaries have them, and as they are kept: WGS 84, degrees. Pure. */
import proj4 from "proj4";
import { MapFileError, MOST_POINTS } from "./rules";

/** ISTAT publishes in UTM zone 32 north of WGS 84 (EPSG:32632), metres. */
const utm32 = proj4("+proj=utm +zone=32 +datum=WGS84 +units=m +no_defs", "EPSG:4326");

/** About ten centimetres on the ground: more digits are noise. */
const DIGITS = 6;

type Position = [number, number];
export type Polygons = { type: "MultiPolygon"; coordinates: Position[][][] };

/**
 * A polygon or several of them in degrees. Degrees and metres are told apart by their size: in zone 32 no metre is a degree.
 * @throws MapFileError for what is neither
 */
export function inDegrees(geometry: { type: string; coordinates: unknown }): Polygons {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const rings = list(polygons).map((polygon) => list(polygon).map((ring) => list(ring).map(position)));
  if (rings.length === 0 || rings.some((polygon) => polygon.length === 0))
    throw new MapFileError("map_file_unreadable");
  if (pointsOf(rings) > MOST_POINTS) throw new MapFileError("map_file_detailed", { most: MOST_POINTS });
  const isDegrees = rings.flat(2).every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90);
  const convert = isDegrees ? (point: Position) => point : fromMetres;
  return {
    type: "MultiPolygon",
    coordinates: rings.map((polygon) => polygon.map((ring) => closed(ring.map(convert).map(rounded)))),
  };
}

export function pointsOf(polygons: readonly (readonly (readonly unknown[])[])[]): number {
  return polygons.reduce((sum, rings) => sum + rings.reduce((points, ring) => points + ring.length, 0), 0);
}

/** Where zone 32 is used: Italy and the sea around it. */
function fromMetres([east, north]: Position): Position {
  if (east < -500_000 || east > 1_600_000 || north < 3_800_000 || north > 5_400_000)
    throw new MapFileError("map_projection");
  return utm32.forward([east, north]) as Position;
}

function position(value: unknown): Position {
  const [x, y] = list(value);
  if (typeof x !== "number" || typeof y !== "number" || !Number.isFinite(x) || !Number.isFinite(y))
    throw new MapFileError("map_file_unreadable");
  return [x, y];
}

function closed(ring: Position[]): Position[] {
  const [first] = ring;
  const last = ring.at(-1);
  if (!first || !last || ring.length < 3) throw new MapFileError("map_file_unreadable");
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
}

function rounded([lon, lat]: Position): Position {
  return [Number(lon.toFixed(DIGITS)), Number(lat.toFixed(DIGITS))];
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new MapFileError("map_file_unreadable");
  return value;
}
