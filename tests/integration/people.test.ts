import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { outlinesAsGeoJson, outlinesOf } from "@/features/municipalities/queries";
import {
  activateMunicipalities,
  importBoundaries,
  importMunicipalities,
} from "@/features/municipalities/service";
import { personalData } from "@/features/people/queries";
import { changePreferences, introducePerson } from "@/features/people/service";
import { ageOf } from "@/lib/auth";
import { trialPeople } from "@/prisma/seed/trial-people";
import { freshDatabase } from "./database";

vi.stubEnv("KEY_ENCRYPTION_KEY", "11".repeat(32));
vi.stubEnv("FISCAL_NUMBER_KEY", "22".repeat(32));
vi.stubEnv("ORIGIN", "http://localhost:3000");
const { db } = await freshDatabase();
const csv = readFileSync("prisma/seed/data/municipalities.csv", "utf8");
const [giulia, marco] = trialPeople;
if (!giulia || !marco) throw new Error("there are no trial people");

describe("municipalities", () => {
  it("are imported once, and again without touching what an administrator decided", async () => {
    expect(await importMunicipalities(db, csv)).toBe(312);
    await activateMunicipalities(db, ["001272"]);
    expect(await importMunicipalities(db, csv.replace(",Torino,", ",Turin,"))).toBe(312);
    const rows = await db.municipality.findMany({ where: { active: true } });
    expect(rows.map(({ istatCode, name }) => [istatCode, name])).toEqual([["001272", "Turin"]]);
    expect(await db.municipality.count()).toBe(312);
  });

  it("have outlines only of themselves", async () => {
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
    const feature = (properties: object) => ({ type: "Feature", properties, geometry });
    const file = JSON.stringify({
      type: "FeatureCollection",
      features: [
        feature({ istat: "001272", name: "Torino" }),
        feature({ istat: "001001", name: "Agliè" }),
        feature({ istat: "999999", name: "Nowhere" }),
        feature({ circoscrizione: 1, name: "Centro" }),
      ],
    });
    const options = { districtsOf: "001272", credit: "somebody" };
    expect(await importBoundaries(db, file, options)).toEqual({ imported: 3, unknown: 1 });
    expect(await importBoundaries(db, file, options)).toEqual({ imported: 3, unknown: 1 });
    expect(await db.boundary.count()).toBe(3);
    const names = async (of: string) =>
      ((await outlinesAsGeoJson(of)) as { features: { properties: { name: string } }[] }).features.map(
        ({ properties }) => properties.name,
      );
    expect(await names("001001")).toEqual(["Agliè"]);
    expect((await names("001272")).sort()).toEqual(["Centro", "Torino"]);
    expect(await outlinesOf("001001")).toEqual({
      url: "/api/boundaries/001001",
      bounds: [7, 45, 8, 46],
      credit: "somebody",
    });
    expect(await outlinesOf("001002")).toBeUndefined();
  });
});

describe("people", () => {
  it("are recognised by their fiscal number, which is not kept", async () => {
    const first = await introducePerson(giulia);
    expect(await introducePerson(giulia)).toBe(first);
    expect(await introducePerson(marco)).not.toBe(first);
    const row = await db.person.findUniqueOrThrow({ where: { id: first } });
    const stored = JSON.stringify(row, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
    );
    expect(stored).not.toContain(giulia.fiscalNumber);
    expect(stored).not.toContain(giulia.birthDate);
  });

  it("are two where one has the number of omocodia that the other's leads to", async () => {
    const person = (fiscalNumber: string) => introducePerson({ ...giulia, fiscalNumber });
    const [base, first] = [await person("RSSNNA85T50A562Y"), await person("RSSNNA85T50A56NY")];
    expect(first).not.toBe(base);
    expect(await person("RSSNNA85T50A56NY")).toBe(first);
  });

  it("turn sixteen on their birthday", async () => {
    const id = await introducePerson(giulia);
    expect(await ageOf(id, new Date("2003-03-13T12:00:00+01:00"))).toBe(15);
    expect(await ageOf(id, new Date("2003-03-14T00:30:00+01:00"))).toBe(16);
    expect(await ageOf("nobody", new Date())).toBe(0);
  });

  it("have the language they chose, and no address that nobody would write to", async () => {
    const id = await introducePerson(giulia);
    await changePreferences(id, { language: "en" });
    const data = await personalData(id);
    expect(data.language).toBe("en");
    expect(Object.keys(data).sort()).toEqual(["language", "name", "residence"]);
  });
});
