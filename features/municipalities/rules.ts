export type MunicipalityRow = {
  istatCode: string;
  slug: string;
  name: string;
  cadastralCode: string;
  ipaCode: string;
  lat: number;
  lon: number;
  population: number | null;
};

/** A line of the data file that is not what its heading says. */
export class MunicipalityDataError extends Error {
  override readonly name = "MunicipalityDataError";
}

/** First parts of paths that are pages of the site, so that no municipality may be called so. */
const reservedSlugs = new Set([
  "en",
  "it",
  "api",
  "accedi",
  "accessibilita",
  "come-funziona",
  "parole",
  "prima-chiave",
  "privacy",
  "senza-rete",
  "trial-id",
]);

/** A municipality that is not in the data file, as whoever founds it describes it. */
export type MunicipalityDescription = Omit<MunicipalityRow, "slug" | "cadastralCode" | "population"> & {
  cadastralCode?: string | undefined;
  population?: number | undefined;
};

/** Codes of the public register of administrations (IPA), as Comuni have them: `c_a074`. */
export const ipaCodePattern = /^[a-z0-9][a-z0-9_-]{1,39}$/;

/**
 * The row of a municipality that is not in the data file.
 * @throws MunicipalityDataError with the member that cannot be
 */
export function rowOf({
  cadastralCode,
  population,
  ...described
}: MunicipalityDescription): Omit<MunicipalityRow, "cadastralCode"> & { cadastralCode: string | null } {
  const slug = municipalitySlug(described.name);
  const problems: readonly (readonly [string, boolean])[] = [
    ["istatCode: six digits", /^\d{6}$/.test(described.istatCode)],
    ["name: no path follows from it, or it is a page of the site", slug !== "" && !reservedSlugs.has(slug)],
    ["ipaCode: small letters and digits, such as c_a074", ipaCodePattern.test(described.ipaCode)],
    [
      "cadastralCode: a capital letter and three digits",
      !cadastralCode || /^[A-Z]\d{3}$/.test(cadastralCode),
    ],
    ["lat, lon: degrees", Math.abs(described.lat) <= 90 && Math.abs(described.lon) <= 180],
    [
      "population: a whole number",
      population === undefined || (Number.isSafeInteger(population) && population >= 0),
    ],
  ];
  const wrong = problems.find(([, isRight]) => !isRight);
  if (wrong) throw new MunicipalityDataError(wrong[0]);
  return { ...described, slug, cadastralCode: cadastralCode ?? null, population: population ?? null };
}

/** `Agliè` → `aglie`, `San Carlo Canavese` → `san-carlo-canavese`. */
export function municipalitySlug(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/**
 * Reads `prisma/seed/data/municipalities.csv`: a heading line, then one municipality a line, without quotes.
 * @throws MunicipalityDataError with the number of the line.
 */
export function parseMunicipalities(csv: string): MunicipalityRow[] {
  const slugs = new Set(reservedSlugs);
  return csv
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line, index) => {
      const [istatCode = "", name = "", cadastralCode = "", ipaCode = "", lat, lon, population] =
        line.split(",");
      const slug = municipalitySlug(name);
      const row = {
        istatCode,
        slug,
        name,
        cadastralCode,
        ipaCode,
        lat: Number(lat),
        lon: Number(lon),
        population: population ? Number(population) : null,
      };
      const valid =
        /^\d{6}$/.test(istatCode) &&
        slug !== "" &&
        /^[A-Z]\d{3}$/.test(cadastralCode) &&
        Math.abs(row.lat) <= 90 &&
        Math.abs(row.lon) <= 180 &&
        (row.population === null || Number.isSafeInteger(row.population));
      if (!valid) throw new MunicipalityDataError(`line ${index + 2}: ${line}`);
      if (slugs.has(slug)) throw new MunicipalityDataError(`line ${index + 2}: the path /${slug} is taken`);
      slugs.add(slug);
      return row;
    });
}
