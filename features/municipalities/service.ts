import "server-only";
import type { Database } from "@/lib/db";
import { type MunicipalityRow, parseMunicipalities } from "./rules";

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
