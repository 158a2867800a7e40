import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameOf, metresAcross, metresBetween, PROPORTION, pointAt, scaleOf, shareOf } from "./frame";

const lat = fc.double({ min: 44, max: 46, noNaN: true });
const lon = fc.double({ min: 6.5, max: 8.5, noNaN: true });
const bounds = fc
  .tuple(lon, lat, lon, lat)
  .map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] as const);

describe("a frame", () => {
  it("holds all that has to be seen, with room around it", () => {
    fc.assert(
      fc.property(bounds, ([west, south, east, north]) => {
        const frame = frameOf([west, south, east, north]);
        for (const corner of [
          { lat: north, lon: west },
          { lat: south, lon: east },
        ]) {
          const { x, y } = shareOf(frame, corner);
          expect(Math.min(x, y)).toBeGreaterThan(0.02);
          expect(Math.max(x, y)).toBeLessThan(0.98);
        }
      }),
    );
  });

  it("has the proportions of the map on the ground", () => {
    fc.assert(
      fc.property(bounds, (seen) => {
        const frame = frameOf(seen);
        const [, south, , north] = frame;
        const height = (north - south) * 111_320;
        expect(metresAcross(frame) / height).toBeCloseTo(PROPORTION, 6);
      }),
    );
  });

  it("gives a point back where it was put", () => {
    fc.assert(
      fc.property(bounds, lat, lon, (seen, pointLat, pointLon) => {
        const frame = frameOf(seen);
        const back = pointAt(frame, shareOf(frame, { lat: pointLat, lon: pointLon }));
        expect(back.lat).toBeCloseTo(pointLat, 9);
        expect(back.lon).toBeCloseTo(pointLon, 9);
      }),
    );
  });

  it("of a single place is wide enough to know it by", () => {
    expect(metresAcross(frameOf([7.68, 45.07, 7.68, 45.07]))).toBeGreaterThan(1_600);
  });
});

it("measures the way from Porta Nuova to the Mole as a map does", () => {
  const metres = metresBetween({ lat: 45.0621, lon: 7.6785 }, { lat: 45.069, lon: 7.6932 });
  expect(metres).toBeGreaterThan(1_370);
  expect(metres).toBeLessThan(1_400);
});

it.each([
  [400, 100],
  [3_999, 500],
  [4_000, 1_000],
  [9_000, 2_000],
  [80_000, 20_000],
])("a map %i metres wide has a scale of %i metres", (metres, expected) => {
  const scale = scaleOf(metres);
  expect(scale.metres).toBe(expected);
  expect(scale.share).toBeCloseTo(expected / metres);
});
