import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMap } from "./read-map";
import { dbf, istatArchive, pmtiles, type Ring, shp, utm32, written, zip } from "./test/files";

const torino = { istatCode: "001272", lat: 45.07, lon: 7.68 };
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "maps-"));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (bytes: Uint8Array | string) => readMap(...(await written(folder, bytes)), torino);
const refusal = async (bytes: Uint8Array | string) =>
  read(bytes).then(
    () => "taken",
    (error: { code?: string }) => error.code ?? String(error),
  );

/** Around Piazza Castello, in metres of UTM 32 north: 45.0711° N, 7.6856° E is 396,533 E and 4,991,689 N. */
const [east, north] = [396_532, 4_991_693];
const square: Ring = [
  [east - 5000, north - 5000],
  [east - 5000, north + 5000],
  [east + 5000, north + 5000],
  [east + 5000, north - 5000],
  [east - 5000, north - 5000],
];
const hole: Ring = [
  [east - 100, north - 100],
  [east + 100, north - 100],
  [east + 100, north + 100],
  [east - 100, north + 100],
  [east - 100, north - 100],
];
const ofTorino = { properties: { PRO_COM_T: "001272", COMUNE: "Torino" }, rings: [square, hole] };
const ofAglie = { properties: { PRO_COM_T: "001001", COMUNE: "Agliè" }, rings: [square] };

describe("ISTAT's archive", () => {
  it("gives the one outline of the municipality, in degrees, with its hole", async () => {
    const map = await read(istatArchive([ofAglie, ofTorino]));
    expect(map).toMatchObject({
      kind: "outlines",
      leftOut: 2,
      outlines: [{ kind: "municipality", code: "001272", name: "Torino" }],
    });
    if (map.kind !== "outlines") throw new Error("no outlines");
    const [outline] = map.outlines;
    const polygons = outline?.geometry.coordinates as [number, number][][][];
    expect(polygons.map((rings) => rings.length)).toEqual([2]);
    const corner = polygons[0]?.[0]?.find(([lon, lat]) => lon < 7.65 && lat < 45.05);
    // By pyproj 3.7.2 with PROJ 9.5.1, of 391532 E, 4986693 N.
    expect(corner?.[0]).toBeCloseTo(7.62316, 3);
    expect(corner?.[1]).toBeCloseTo(45.02537, 3);
  });

  it.each([
    ["of other municipalities alone", () => istatArchive([ofAglie]), "map_not_here"],
    ["without shapes", () => istatArchive([ofTorino], utm32, [".shp"]), "map_file_incomplete"],
    [
      "in Gauss-Boaga",
      () => istatArchive([ofTorino], 'PROJCS["Monte_Mario_Italy_1",GEOGCS["Monte_Mario"]]'),
      "map_projection",
    ],
    ["in zone 33", () => istatArchive([ofTorino], utm32.replace("32N", "33N")), "map_projection"],
    ["with nothing of a map in it", () => zip({ "readme.txt": "hello" }), "map_file_incomplete"],
    ["that is cut", () => istatArchive([ofTorino]).slice(0, 300), "map_file_unreadable"],
    [
      "whose table says it has more rows than it holds",
      () => zip({ "a.dbf": dbf([ofTorino.properties], 20_000), "a.shp": shp([ofTorino]) }),
      "map_file_unreadable",
    ],
    [
      "whose table says it has four thousand million rows",
      () => zip({ "a.dbf": dbf([ofTorino.properties], 0xffff_ffff), "a.shp": shp([ofTorino]) }),
      "map_file_many",
    ],
    [
      "with fewer shapes than rows",
      () => zip({ "a.dbf": dbf([ofAglie.properties, ofTorino.properties]), "a.shp": shp([ofAglie]) }),
      "map_file_incomplete",
    ],
    [
      "of which a shape ends in the middle",
      () => zip({ "a.dbf": dbf([ofTorino.properties]), "a.shp": shp([ofTorino]).slice(0, 160) }),
      "map_file_unreadable",
    ],
    [
      "with more parts than are read",
      () => zip(Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`${index}.txt`, ""]))),
      "map_file_many",
    ],
  ])("%s is refused", async (_, bytes, code) => {
    expect(await refusal(bytes())).toBe(code);
  });

  it("in the middle of the sea is refused", async () => {
    const far = square.map(([x, y]) => [x, y - 600_000] as const);
    expect(await refusal(istatArchive([{ ...ofTorino, rings: [far] }]))).toBe("map_elsewhere");
  });
});

describe("GeoJSON", () => {
  const degrees = [
    [7.6, 45],
    [7.8, 45],
    [7.8, 45.2],
    [7.6, 45],
  ];
  const geoJson = (features: object[], more: object = {}) =>
    JSON.stringify({ type: "FeatureCollection", ...more, features });
  const feature = (properties: object, ring: unknown = degrees) => ({
    ...{ type: "Feature", properties },
    geometry: { type: "Polygon", coordinates: [ring] },
  });

  it("gives outline and districts, in degrees or in metres, and leaves out what is nobody's", async () => {
    const map = await read(
      `\ufeff${geoJson([
        feature({ istat: "001272", nome: "Torino" }),
        feature({ circoscrizione: 3, nome: "San Paolo" }, square),
        feature({ nome: "un parco" }),
        {
          type: "Feature",
          properties: { istat: "001272" },
          geometry: { type: "Point", coordinates: [7, 45] },
        },
        { type: "Feature", properties: null, geometry: null },
      ])}`,
    );
    expect(map).toMatchObject({ kind: "outlines", leftOut: 3 });
    const outlines = map.kind === "outlines" ? map.outlines : [];
    expect(outlines.map(({ kind, code, name }) => [kind, code, name])).toEqual([
      ["municipality", "001272", "Torino"],
      ["district", "3", "San Paolo"],
    ]);
    const [lon, lat] = (outlines[1]?.geometry.coordinates as number[][][][] | undefined)?.[0]?.[0]?.[0] ?? [];
    expect(lon).toBeCloseTo(7.623, 2);
    expect(lat).toBeCloseTo(45.025, 2);
  });

  it.each([
    ["no JSON", "{", "map_file_unreadable"],
    ["no collection", JSON.stringify({ type: "Polygon" }), "map_file_unreadable"],
    ["nothing of here", geoJson([feature({ istat: "001001" })]), "map_not_here"],
    ["a ring of words", geoJson([feature({ istat: "001272" }, [["a", "b"]])]), "map_file_unreadable"],
    [
      "a ring of two points",
      geoJson([
        feature({ istat: "001272" }, [
          [7.6, 45],
          [7.8, 45],
        ]),
      ]),
      "map_file_unreadable",
    ],
    [
      "metres of somewhere",
      geoJson([
        feature(
          { istat: "001272" },
          square.map(([x]) => [x, 99_000_000]),
        ),
      ]),
      "map_projection",
    ],
    [
      "another projection by name",
      geoJson([feature({ istat: "001272" })], {
        crs: { properties: { name: "urn:ogc:def:crs:EPSG::3003" } },
      }),
      "map_projection",
    ],
    [
      "too many points",
      geoJson([
        feature(
          { istat: "001272" },
          Array.from({ length: 200_001 }, (_, index) => [7.6 + index / 1e7, 45]),
        ),
      ]),
      "map_file_detailed",
    ],
    ["a text", "not a map", "map_file_unknown"],
    ["nothing at all", "", "map_file_unknown"],
  ])("with %s is refused", async (_, content, code) => {
    expect(await refusal(content)).toBe(code);
  });
});

describe("PMTiles", () => {
  const area = [7.5, 44.9, 7.9, 45.2] as const;

  it("says what it covers", async () => {
    expect(await read(pmtiles(area))).toEqual({
      kind: "tiles",
      tiles: { area: [...area], leastZoom: 0, mostZoom: 14, pictures: false },
    });
  });

  it.each([
    ["of another version", pmtiles(area, { version: 2 }), "map_file_unreadable"],
    ["of another place", pmtiles([8.9, 45.3, 9.4, 45.6]), "map_elsewhere"],
    ["of a kind that is not shown", pmtiles(area, { type: 0 }), "map_tiles_type"],
    ["that is cut", pmtiles(area, { cut: true }), "map_file_incomplete"],
    ["that is a name alone", "PMTiles", "map_file_unreadable"],
  ])("%s is refused", async (_, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });
});
