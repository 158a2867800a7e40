import { mkdtempSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it, vi } from "vitest";
import { GET } from "@/app/api/maps/[municipality]/[file]/route";
import { mapDraftOf, mapInForce } from "@/features/maps/queries";
import { confirmMap, discardMap, forgetMapDrafts, prepareMap, removeMap } from "@/features/maps/service";
import { pmtiles } from "@/features/maps/test/files";
import { mapBase } from "@/features/municipalities/map-queries";
import type { Viewer } from "@/lib/permissions";
import { freshDatabase } from "./database";

const folder = mkdtempSync(join(tmpdir(), "cocity-maps-"));
vi.stubEnv("COCITY_DATA", folder);
vi.stubEnv("CLAMAV_SOCKET", undefined);
vi.stubEnv("MAP_TILES_URL", undefined);
afterAll(() => rm(folder, { recursive: true, force: true }));

const { db } = await freshDatabase();
const [torino, aglie] = ["001272", "001001"];
const centre = { lat: 45.07, lon: 7.68 };
await db.municipality.createMany({
  data: [
    { istatCode: torino, slug: "torino", name: "Torino", ...centre, active: true },
    { istatCode: aglie, slug: "aglie", name: "Agliè", lat: 45.36, lon: 7.76, active: true },
  ],
});
const by = (municipality: string, person = "administrator") => ({ municipality, person });
const viewer = (id = "administrator"): Viewer => ({ id, name: id, language: "it", roles: [] });
const file = (name: string, bytes: Uint8Array | string) => ({
  name,
  stream: Readable.from([Buffer.from(bytes)]),
});

const ring = [[7.6, 45], [7.8, 45], [7.8, 45.2], [7.6, 45]]; // biome-ignore format: one ring
const geoJson = (...properties: object[]) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: properties.map((one) => ({
      ...{ type: "Feature", properties: one },
      geometry: { type: "Polygon", coordinates: [ring] },
    })),
  });
const area = [7.5, 44.9, 7.9, 45.2] as const;

async function keptFiles(): Promise<string[]> {
  const root = join(folder, "files");
  const names = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return names.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe("outlines", () => {
  it("are nobody's but their reader's until they are confirmed, and then the map's", async () => {
    const id = await prepareMap(
      by(torino),
      file("confini.geojson", geoJson({ istat: torino, nome: "Torino" })),
    );
    expect(await mapDraftOf(torino, viewer())).toMatchObject({ id, kind: "outlines", leftOut: 0 });
    expect(await mapDraftOf(torino, viewer("somebody"))).toBeUndefined();
    expect(await mapDraftOf(aglie, viewer())).toBeUndefined();
    expect((await mapBase(torino, centre, [])).outlinesUrl).toBeUndefined();
    await expect(confirmMap(by(aglie), id, "x")).rejects.toThrow("map_draft_not_found");
    await expect(confirmMap(by(torino, "somebody"), id, "x")).rejects.toThrow("map_draft_not_found");
    await confirmMap(by(torino), id, "ISTAT, CC BY 4.0");
    expect(await mapBase(torino, centre, [])).toMatchObject({
      outlinesUrl: `/api/boundaries/${torino}`,
      credit: "ISTAT, CC BY 4.0",
    });
    expect(await mapDraftOf(torino, viewer())).toBeUndefined();
  });

  it("of districts leave the municipality's own outline alone, and take the place of earlier ones", async () => {
    for (const numbers of [[1, 2, 3], [4]]) {
      const districts = geoJson(...numbers.map((circoscrizione) => ({ circoscrizione })));
      await confirmMap(by(torino), await prepareMap(by(torino), file("d.json", districts)), "Comune");
    }
    expect((await mapInForce(torino)).outlines).toMatchObject({ municipality: true, districts: 1 });
    await removeMap(torino, "outlines");
    expect((await mapInForce(torino)).outlines).toBeUndefined();
    await expect(removeMap(torino, "outlines")).rejects.toThrow("map_not_found");
  });

  it("of another municipality change nothing", async () => {
    await expect(prepareMap(by(torino), file("a.json", geoJson({ istat: aglie })))).rejects.toThrow(
      "map_not_here",
    );
    expect(await db.mapDraft.count()).toBe(0);
    expect(await keptFiles()).toEqual([]);
  });
});

describe("a background", () => {
  const ask = (hash: string, range?: string, slug = "torino") =>
    GET(new Request("http://x/", { headers: range ? { range } : {} }), {
      params: Promise.resolve({ municipality: slug, file: `${hash}.pmtiles` }),
    });

  it("is sent piece by piece once it is confirmed, and goes with its bytes", async () => {
    const bytes = pmtiles(area);
    const id = await prepareMap(by(torino), file("torino.pmtiles", bytes));
    const [draft] = await db.attachment.findMany({ where: { aboutId: id } });
    const hash = draft?.hash ?? "";
    expect((await ask(hash)).status).toBe(404);
    await confirmMap(by(torino), id, "© OpenStreetMap");
    expect(await mapBase(torino, centre, [])).toMatchObject({ tilesUrl: `/api/maps/torino/${hash}.pmtiles` });
    const piece = await ask(hash, "bytes=0-6");
    expect([piece.status, await piece.text()]).toEqual([206, "PMTiles"]);
    expect(piece.headers.get("content-range")).toBe("bytes 0-6/200");
    expect(new Uint8Array(await (await ask(hash)).arrayBuffer())).toEqual(new Uint8Array(bytes));
    expect((await ask(hash, "bytes=200-")).status).toBe(416);
    expect((await ask(hash, undefined, "aglie")).status).toBe(404);

    const again = await prepareMap(by(torino), file("torino-2.pmtiles", pmtiles([7, 44.5, 8, 45.5])));
    await confirmMap(by(torino), again, "© OpenStreetMap");
    expect((await ask(hash)).status).toBe(404);
    expect(await keptFiles()).toHaveLength(1);
    await removeMap(torino, "tiles");
    expect(await keptFiles()).toEqual([]);
    expect((await mapBase(torino, centre, [])).tilesUrl).toBeUndefined();
  });

  it("that was put aside, replaced or forgotten leaves nothing", async () => {
    await discardMap(by(torino), await prepareMap(by(torino), file("a.pmtiles", pmtiles(area))));
    expect(await keptFiles()).toEqual([]);
    await prepareMap(by(torino), file("a.pmtiles", pmtiles(area)));
    await prepareMap(by(torino), file("b.pmtiles", pmtiles([7, 44, 8, 46])));
    expect(await keptFiles()).toHaveLength(1);
    await forgetMapDrafts(new Date(Date.now() + 25 * 3600_000));
    expect(await keptFiles()).toEqual([]);
    expect(await db.mapDraft.count()).toBe(0);
  });
});
