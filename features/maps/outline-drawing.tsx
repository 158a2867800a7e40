import { PLANE } from "@/components/map/schematic/base-plane";
import { frameOf, shareOf } from "@/components/map/schematic/frame";
import type { Bounds } from "@/components/map/types";
import type { Outline } from "./outlines";

/** Outlines as they will lie on the map, drawn on the server: nothing to load, and seen without scripts. */
export function OutlineDrawing({
  outlines,
  bounds,
  label,
}: {
  outlines: readonly Outline[];
  bounds: Bounds;
  label: string;
}) {
  const frame = frameOf(bounds);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${PLANE.width} ${PLANE.height}`}
      className="w-full rounded-smooth border border-control bg-muted"
    >
      {outlines.map(({ kind, code, geometry }) => (
        <path
          key={`${kind} ${code}`}
          d={pathOf(geometry.coordinates as [number, number][][][], frame)}
          fillRule="evenodd"
          vectorEffect="non-scaling-stroke"
          strokeWidth={kind === "municipality" ? 2.5 : 1}
          className={kind === "municipality" ? "fill-page stroke-primary" : "fill-none stroke-control"}
        />
      ))}
    </svg>
  );
}

/** Points that would lie on the one before them are left out. */
function pathOf(polygons: readonly (readonly (readonly [number, number][])[])[], frame: Bounds): string {
  return polygons
    .flat()
    .map((ring) => {
      let last = "";
      const points = ring.flatMap(([lon, lat]) => {
        const { x, y } = shareOf(frame, { lat, lon });
        const point = `${Math.round(x * PLANE.width)} ${Math.round(y * PLANE.height)}`;
        if (point === last) return [];
        last = point;
        return [point];
      });
      return `M${points.join("L")}Z`;
    })
    .join("");
}
