import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MunicipalityDataError, municipalitySlug, parseMunicipalities, rowOf } from "./rules";

const heading = "istat_code,name,cadastral_code,ipa_code_candidate,lat,lon,population_census_2011";

describe("municipalitySlug", () => {
  it("has letters, digits and hyphens only", () => {
    expect(municipalitySlug("Agliè")).toBe("aglie");
    expect(municipalitySlug("Albiano d'Ivrea")).toBe("albiano-d-ivrea");
    expect(municipalitySlug("Cantalupa – Roletto ")).toBe("cantalupa-roletto");
  });
});

describe("parseMunicipalities", () => {
  it("reads the 312 of the Metropolitan City, each with a path of its own", () => {
    const rows = parseMunicipalities(readFileSync("prisma/seed/data/municipalities.csv", "utf8"));
    expect(rows).toHaveLength(312);
    expect(new Set(rows.map((row) => row.slug)).size).toBe(312);
    expect(rows.find((row) => row.slug === "torino")).toMatchObject({ istatCode: "001272", name: "Torino" });
    expect(rows.find((row) => row.slug === "aglie")).toMatchObject({ istatCode: "001001", population: 2644 });
  });

  it.each([
    ["a code of five digits", "01001,Agliè,A074,c_a074,45.3,7.7,2644"],
    ["a latitude out of the world", "001001,Agliè,A074,c_a074,145.3,7.7,2644"],
    ["a population that is no number", "001001,Agliè,A074,c_a074,45.3,7.7,many"],
    ["a name that is a page of the site", "001001,Privacy,A074,c_a074,45.3,7.7,2644"],
  ])("refuses %s and names the line", (_, line) => {
    expect(() => parseMunicipalities(`${heading}\n${line}`)).toThrow(MunicipalityDataError);
    expect(() => parseMunicipalities(`${heading}\n${line}`)).toThrow(/line 2/);
  });

  it("refuses two municipalities with one path", () => {
    const lines = ["001001,Agliè,A074,c_a074,45.3,7.7,2644", "001002,Aglie,A109,c_a109,44.9,7.4,3819"];
    expect(() => parseMunicipalities([heading, ...lines].join("\n"))).toThrow(
      "line 3: the path /aglie is taken",
    );
  });
});

describe("a municipality that is not in the file", () => {
  const bra = { istatCode: "004029", name: "Bra", ipaCode: "c_b111", lat: 44.69, lon: 7.85 };

  it("has its path by its name, and says of itself what it knows", () => {
    expect(rowOf(bra)).toEqual({ ...bra, slug: "bra", cadastralCode: null, population: null });
    expect(rowOf({ ...bra, cadastralCode: "B111", population: 29_000 })).toMatchObject({
      population: 29_000,
    });
  });

  it.each([
    ["istatCode", { istatCode: "04029" }],
    ["ipaCode", { ipaCode: "C_B111" }],
    ["ipaCode", { ipaCode: "c b111" }],
    ["name", { name: "Privacy" }],
    ["name", { name: "…" }],
    ["cadastralCode", { cadastralCode: "b111" }],
    ["lat, lon", { lat: 144 }],
    ["population", { population: 1.5 }],
  ])("is refused for its %s", (member, change) => {
    expect(() => rowOf({ ...bra, ...change })).toThrow(MunicipalityDataError);
    expect(() => rowOf({ ...bra, ...change })).toThrow(new RegExp(`^${member}:`));
  });
});
