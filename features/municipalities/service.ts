import "server-only";
import type { Database } from "@/lib/db";
import { readBoundaries } from "./boundary-rules";
import {
  MunicipalityDataError,
  type MunicipalityDescription,
  type MunicipalityRow,
  parseMunicipalities,
  rowOf,
} from "./rules";

/**
 * Puts the municipalities of the data file into the database, or brings those that are there up to date.
 * What an administrator decides (whether it has pages, its settings) is left as it is.
 * @returns how many there are in the file.
 */
export async function importMunicipalities(database: Database, csv: string): Promise<number> {
  const rows = parseMunicipalities(csv);
  const known = await database.municipality.findMany();
  const before = new Map(known.map((row) => [row.istatCode, row]));
  await database.municipality.createMany({ data: rows.filter((row) => !before.has(row.istatCode)) });
  for (const row of rows) {
    const old = before.get(row.istatCode);
    if (old && differs(old, row))
      await database.municipality.update({ where: { istatCode: row.istatCode }, data: row });
  }
  return rows.length;
}

/**
 * Enters a municipality that is not in the data file; entered again it is brought up to date.
 * @throws MunicipalityDataError where it cannot be, or its path or IPA code is another municipality's
 */
export async function enterMunicipality(
  database: Database,
  described: MunicipalityDescription,
): Promise<void> {
  const row = rowOf(described);
  const { istatCode, slug, ipaCode } = row;
  const other = await database.municipality.findFirst({
    where: { istatCode: { not: istatCode }, OR: [{ slug }, { ipaCode }] },
    select: { istatCode: true, slug: true },
  });
  if (other) {
    const what = other.slug === slug ? `the path /${slug}` : `the IPA code ${ipaCode}`;
    throw new MunicipalityDataError(`${what} is that of ${other.istatCode}`);
  }
  await database.municipality.upsert({ where: { istatCode }, create: row, update: row });
}

/** Gives municipalities their pages. */
export async function activateMunicipalities(
  database: Database,
  istatCodes: readonly string[],
): Promise<void> {
  await database.municipality.updateMany({
    where: { istatCode: { in: [...istatCodes] } },
    data: { active: true },
  });
}

function differs(old: Record<keyof MunicipalityRow, unknown>, row: MunicipalityRow): boolean {
  return (Object.keys(row) as (keyof MunicipalityRow)[]).some((field) => old[field] !== row[field]);
}

/**
 * Puts the outlines of a GeoJSON file into the database, in place of those that are there of the same places.
 * @returns how many were imported, and how many belong to no municipality we know and were left out.
 * @throws BoundaryFileError
 */
export async function importBoundaries(
  database: Database,
  json: string,
  options: { districtsOf: string; credit: string },
): Promise<{ imported: number; unknown: number }> {
  const known = new Set(
    (await database.municipality.findMany({ select: { istatCode: true } })).map((row) => row.istatCode),
  );
  const rows = readBoundaries(json, options.districtsOf).map((row) => ({ ...row, credit: options.credit }));
  const wanted = rows.filter((row) => known.has(row.municipality));
  for (const row of wanted) {
    const { municipality, kind, code } = row;
    await database.boundary.upsert({
      where: { municipality_kind_code: { municipality, kind, code } },
      create: row,
      update: row,
    });
  }
  return { imported: wanted.length, unknown: rows.length - wanted.length };
}
