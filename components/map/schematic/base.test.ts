import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schematicBase } from "./base";
import { PLANE } from "./base-plane";
import { shareOf } from "./frame";

const comuni = readFileSync("prisma/seed/data/municipalities.csv", "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [code, name, , , lat, lon] = line.split(",");
    return { name: name ?? "", lat: Number(lat), lon: Number(lon), own: code === "001272" };
  });
const torino = [7.6, 45.0, 7.75, 45.13] as const;

describe("the ground of a schematic map", () => {
  it("is parted without a gap", () => {
    const { cells } = schematicBase(torino, comuni);
    const whole = cells.reduce((sum, { area }) => sum + area, 0);
    expect(whole).toBeCloseTo(1, 2);
  });

  it("puts each Comune's name on its own ground", () => {
    const { cells, frame } = schematicBase([6.62, 44.68, 8.12, 45.6], comuni);
    expect(cells).toHaveLength(312);
    for (const { name, x, y } of cells) {
      const own = comuni.find((one) => one.name === name);
      const share = shareOf(frame, own ?? { lat: 0, lon: 0 });
      expect([x, y]).toEqual([expect.closeTo(share.x, 3), expect.closeTo(share.y, 3)]);
    }
  });

  it("marks the municipality's own, and stays within the plane", () => {
    const { cells } = schematicBase(torino, comuni);
    expect(cells.filter(({ own }) => own).map(({ name }) => name)).toEqual(["Torino"]);
    const numbers = cells.flatMap(({ path }) => (path.match(/-?\d+/g) ?? []).map(Number));
    expect(Math.min(...numbers)).toBe(0);
    expect(Math.max(...numbers)).toBe(PLANE.width);
  });

  it("counts a place that is known to be in the municipality to its ground", () => {
    const roccafranca = { lat: 45.0409, lon: 7.62376 };
    const ground = (places: readonly (typeof roccafranca)[]) =>
      schematicBase(torino, comuni, places)
        .cells.filter(({ own }) => own)
        .reduce((sum, { area }) => sum + area, 0);
    expect(ground([roccafranca])).toBeGreaterThan(ground([]) + 0.02);
    expect(schematicBase(torino, comuni, [roccafranca]).cells.filter(({ own }) => own)).toHaveLength(2);
  });

  it("is nothing where no middle is known", () => {
    expect(schematicBase(torino, []).cells).toEqual([]);
  });
});
