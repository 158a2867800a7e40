import { describe, expect, it } from "vitest";
import { BoundaryFileError, readBoundaries } from "./boundary-rules";

const geometry = {
  type: "Polygon",
  coordinates: [
    [
      [7, 45],
      [8, 45],
      [8, 46],
      [7, 45],
    ],
  ],
};
const file = (...features: { properties: object; geometry?: object }[]) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: features.map((feature) => ({ type: "Feature", geometry, ...feature })),
  });

describe("readBoundaries", () => {
  it("tells municipalities by their ISTAT code from districts by their number", () => {
    const rows = readBoundaries(
      file(
        { properties: { name: "Agliè", istat: "001001" } },
        { properties: { circoscrizione: 3, name: "San Paolo" } },
      ),
      "001272",
    );
    expect(rows).toEqual([
      { municipality: "001001", kind: "municipality", code: "001001", name: "Agliè", geometry },
      { municipality: "001272", kind: "district", code: "3", name: "San Paolo", geometry },
    ]);
  });

  it.each([
    ["no JSON", "{", /not JSON/],
    ["no collection", JSON.stringify({ type: "Polygon" }), /not GeoJSON/],
    [
      "a point",
      file({ properties: { istat: "001001" }, geometry: { type: "Point", coordinates: [7, 45] } }),
      /not GeoJSON/,
    ],
    ["a feature of nobody", file({ properties: { istat: "001001" } }, { properties: {} }), /feature 2/],
    ["a district that is no number", file({ properties: { district: "x" } }), /feature 1: district x/],
  ])("refuses %s", (_, json, message) => {
    expect(() => readBoundaries(json, "001272")).toThrow(BoundaryFileError);
    expect(() => readBoundaries(json, "001272")).toThrow(message);
  });
});
