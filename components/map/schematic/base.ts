/** What lies under the places where no real map was imported: as much as the middles of the Comuni tell. */
import { Delaunay } from "d3-delaunay";
import type { Bounds } from "../types";
import { PLANE } from "./base-plane";
import { frameOf, type Point, shareOf } from "./frame";

/** The ground nearest to one Comune's middle, or to a place known to be in the map's own: no border. */
export type Cell = {
  /** None for a place. */
  name: string;
  own: boolean;
  /** SVG path on a plane of `PLANE`. */
  path: string;
  /** Where its name stands, and how much of the frame it takes up, in shares. */
  x: number;
  y: number;
  area: number;
};

export type SchematicBase = { frame: Bounds; cells: readonly Cell[] };

export type NamedPoint = Point & { name: string; own: boolean };

/** So many tell the shape of a municipality as well as all of them. */
const MOST_PLACES = 150;

/**
 * @param bounds what has to be seen
 * @param places in the map's own municipality: their ground is shown as its ground
 */
export function schematicBase(
  bounds: Bounds,
  comuni: readonly NamedPoint[],
  places: readonly Point[] = [],
): SchematicBase {
  const frame = frameOf(bounds);
  const known = places.slice(0, MOST_PLACES).map(({ lat, lon }) => ({ lat, lon, name: "", own: true }));
  const sites = [...comuni, ...known];
  const points = sites.map((site) => {
    const { x, y } = shareOf(frame, site);
    return [x * PLANE.width, y * PLANE.height] as [number, number];
  });
  const voronoi = Delaunay.from(points).voronoi([0, 0, PLANE.width, PLANE.height]);
  const cells = sites.flatMap(({ name, own }, index): Cell[] => {
    const corners = voronoi.cellPolygon(index);
    const [x, y] = points[index] ?? [0, 0];
    if (!corners) return [];
    const [middleX, middleY] = isInside(x, y) ? [x, y] : middleOf(corners);
    return [
      {
        ...{ name, own, path: pathOf(corners) },
        ...{ x: round(middleX / PLANE.width, 4), y: round(middleY / PLANE.height, 4) },
        area: round(areaOf(corners) / (PLANE.width * PLANE.height), 4),
      },
    ];
  });
  // Others are drawn last: the line between two municipalities is theirs.
  return { frame, cells: cells.sort((a, b) => Number(b.own) - Number(a.own)) };
}

type Corners = readonly (readonly [number, number])[];

function isInside(x: number, y: number): boolean {
  return x > 0 && x < PLANE.width && y > 0 && y < PLANE.height;
}

function pathOf(corners: Corners): string {
  return `M${corners.map(([x, y]) => `${Math.round(x)} ${Math.round(y)}`).join("L")}Z`;
}

function middleOf(corners: Corners): [number, number] {
  const sum = corners.reduce(([x, y], corner) => [x + corner[0], y + corner[1]], [0, 0] as [number, number]);
  return [sum[0] / corners.length, sum[1] / corners.length];
}

/** The shoelace formula. */
function areaOf(corners: Corners): number {
  return Math.abs(
    corners.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
