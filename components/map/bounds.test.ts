import { describe, expect, it } from "vitest";
import { boundsOf, isWithin } from "./bounds";

const place = (lon: number, lat: number) => ({ lon, lat });
const square = {
  type: "MultiPolygon",
  coordinates: [
    [
      [
        [7.5, 45],
        [7.8, 45],
        [7.8, 45.2],
        [7.5, 45],
      ],
    ],
  ],
};

describe("boundsOf", () => {
  it("holds every place and every corner of every outline", () => {
    expect(boundsOf([place(7.9, 44.9)], [square])).toEqual([7.5, 44.9, 7.9, 45.2]);
  });
  it("is unknown where there is nothing", () => {
    expect(boundsOf([], [])).toBeUndefined();
  });
});

describe("isWithin", () => {
  it("counts the edge as inside", () => {
    expect(isWithin(place(7.5, 45), [7.5, 45, 8, 46])).toBe(true);
    expect(isWithin(place(7.4999, 45), [7.5, 45, 8, 46])).toBe(false);
  });
});
