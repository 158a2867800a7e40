import type { PlaceKind } from "./types";

/** A shape a kind, told apart without colour: drawn on a square of side 2 around the origin. */
const outlines: Record<PlaceKind, readonly (readonly [number, number])[]> = {
  building: [
    [-0.8, -0.8],
    [0.8, -0.8],
    [0.8, 0.8],
    [-0.8, 0.8],
  ],
  green_area: ring(24),
  square: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  school: [
    [0, -0.95],
    [1, 0.75],
    [-1, 0.75],
  ],
  immaterial: ring(10, 0.45),
  house: [
    [0, -1],
    [0.95, -0.1],
    [0.95, 0.85],
    [-0.95, 0.85],
    [-0.95, -0.1],
  ],
  municipality: ring(6),
};

/** The same shape as an SVG path, for the legend and the list. */
export function shapePath(kind: PlaceKind, radius: number): string {
  const points = outlines[kind].map(([x, y]) => `${round(x * radius)} ${round(y * radius)}`);
  return `M${points.join("L")}Z`;
}

/** The shape as pixels for the map; `hollow` where the position is approximate. */
export function shapeImage(
  kind: PlaceKind,
  colours: { fill: string; edge: string },
  hollow: boolean,
  size = 48,
): ImageData | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.translate(size / 2, size / 2);
  const path = new Path2D(shapePath(kind, size * 0.38));
  context.lineJoin = "round";
  context.lineWidth = size * 0.16;
  context.strokeStyle = colours.edge;
  context.stroke(path);
  context.fillStyle = hollow ? colours.edge : colours.fill;
  context.fill(path);
  context.lineWidth = size * 0.08;
  context.strokeStyle = colours.fill;
  context.stroke(path);
  return context.getImageData(0, 0, size, size);
}

function ring(corners: number, inner = 1): [number, number][] {
  return Array.from({ length: corners }, (_, index) => {
    const angle = (index / corners) * 2 * Math.PI - Math.PI / 2;
    const radius = index % 2 === 0 ? 0.95 : 0.95 * inner;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
