import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { positionProblem } from "./position-rules";
import { parseMunicipalities } from "./rules";

const torino = { lat: 45.0703, lon: 7.6869 };

describe("a position, where nothing but the middle of the municipality is known", () => {
  const municipality = { centre: torino, outlines: [] };
  it.each([
    [{ lat: 45.0703, lon: 7.6869 }, undefined],
    [{ lat: 45.12, lon: 7.74 }, undefined],
    [{ lat: 7.6869, lon: 45.0703 }, "position_swapped"],
    [{ lat: 0, lon: 0 }, "position_outside"],
    [{ lat: 45.0703, lon: -7.6869 }, "position_outside"],
    [{ lat: 41.9, lon: 12.5 }, "position_outside"],
  ])("%j: %s", (point, problem) => {
    expect(positionProblem(point, municipality)).toBe(problem);
  });

  it("is right at the middle of each of the 312 municipalities, and swapped when it is", async () => {
    for (const { lat, lon, name } of parseMunicipalities(
      await readFile("prisma/seed/data/municipalities.csv", "utf8"),
    )) {
      const here = { centre: { lat, lon }, outlines: [] };
      expect(positionProblem({ lat, lon }, here), name).toBeUndefined();
      expect(positionProblem({ lat: lon, lon: lat }, here), name).toBe("position_swapped");
    }
  });
});

describe("a position within an outline", () => {
  const square = [
    [
      [7.6, 45],
      [7.8, 45],
      [7.8, 45.2],
      [7.6, 45.2],
      [7.6, 45],
    ],
  ];
  const hole = [
    [7.65, 45.05],
    [7.7, 45.05],
    [7.7, 45.1],
    [7.65, 45.1],
    [7.65, 45.05],
  ];
  const elsewhere = [
    [
      [8, 45],
      [8.1, 45],
      [8.1, 45.1],
      [8, 45.1],
      [8, 45],
    ],
  ];
  const outlines = [{ type: "MultiPolygon" as const, coordinates: [[...square, hole], elsewhere] }];
  it.each([
    [{ lat: 45.15, lon: 7.75 }, undefined],
    [{ lat: 45.05, lon: 8.05 }, undefined],
    // Another municipality lies within this one.
    [{ lat: 45.075, lon: 7.675 }, "position_outside"],
    [{ lat: 45.1, lon: 7.9 }, "position_outside"],
    // A little over the edge, as it is drawn.
    [{ lat: 45.2015, lon: 7.7 }, undefined],
    [{ lat: 45.205, lon: 7.7 }, "position_outside"],
    [{ lat: 7.75, lon: 45.15 }, "position_swapped"],
  ])("%j: %s", (point, problem) => {
    expect(positionProblem(point, { centre: torino, outlines })).toBe(problem);
  });
});
