/**
 * Shapefiles of an archive. Only the records that are wanted are read as shapes: ISTAT's has those of the whole country.
 */
import { parseDbf, parseShp } from "shpjs";
import type { Archive } from "./archive";
import { MapFileError, MOST_FEATURES } from "./rules";

export type Feature = {
  properties: Readonly<Record<string, unknown>>;
  geometry: { type: string; coordinates: unknown };
};

const HEADER_BYTES = 100;
const RECORD_HEADER_BYTES = 8;
const polygonTypes = [5, 15, 25];
/** Islands and holes of one outline. */
const MOST_PARTS = 5_000;

/**
 * @param isWanted by what the table of attributes says of a record
 * @returns the wanted polygons of all shapefiles in the archive, and how many records were left out
 * @throws MapFileError for an archive without a whole shapefile, or in another projection than those that are read
 */
export async function readShapefiles(
  archive: Archive,
  isWanted: (properties: Record<string, unknown>) => boolean,
): Promise<{ features: Feature[]; leftOut: number }> {
  const tables = archive.names.filter((name) => /\.dbf$/i.test(name) && !name.startsWith("__MACOSX/"));
  if (tables.length === 0) throw new MapFileError("map_file_incomplete", { part: ".dbf" });
  const found: { features: Feature[]; leftOut: number } = { features: [], leftOut: 0 };
  for (const table of tables) {
    const encoding = beside(archive, table, "cpg");
    const rows = readTable(await archive.read(table), encoding ? await archive.read(encoding) : undefined);
    const wanted = rows.flatMap((row, index) => (isWanted(row) ? [index] : []));
    found.leftOut += rows.length - wanted.length;
    if (wanted.length === 0) continue;
    const projection = beside(archive, table, "prj");
    if (projection) requireKnown((await archive.read(projection)).toString("latin1"));
    const shapes = beside(archive, table, "shp");
    if (!shapes) throw new MapFileError("map_file_incomplete", { part: ".shp" });
    const geometries = readShapes(await archive.read(shapes), wanted);
    for (const [index, geometry] of geometries) {
      const properties = rows[index];
      if (properties && geometry) found.features.push({ properties, geometry });
    }
  }
  return found;
}

function beside({ names }: Archive, table: string, ending: string): string | undefined {
  const wanted = table.replace(/dbf$/i, ending).toLowerCase();
  return names.find((name) => name.toLowerCase() === wanted);
}

/** The parser believes what a table says of its length: it is compared with the bytes that are there first. */
function readTable(bytes: Buffer, encoding: Buffer | undefined): Record<string, unknown>[] {
  if (bytes.length < 33) throw new MapFileError("map_file_unreadable");
  const [records, header, length] = [bytes.readUInt32LE(4), bytes.readUInt16LE(8), bytes.readUInt16LE(10)];
  if (records > MOST_FEATURES) throw new MapFileError("map_file_many", { most: MOST_FEATURES });
  if (length === 0 || header < 33 || header + records * length > bytes.length + 1)
    throw new MapFileError("map_file_unreadable");
  return readable(() => parseDbf(bytes, encoding)).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === "string" ? value.trim() : value]),
    ),
  );
}

/** Degrees and UTM 32 north of WGS 84, and of ETRS 89, which lies less than a metre beside it. */
function requireKnown(projection: string): void {
  const isKnownDatum = /WGS_?(19)?84|ETRS_?(19)?89/i.test(projection);
  const isProjected = /^\s*PROJ(CS|CRS)\s*\[/i.test(projection);
  if (!isKnownDatum || (isProjected && !/UTM_?\s?Zone_?\s?32_?\s?N/i.test(projection)))
    throw new MapFileError("map_projection");
}

function readShapes(bytes: Buffer, wanted: readonly number[]): Map<number, Feature["geometry"] | null> {
  if (bytes.length < HEADER_BYTES || bytes.readInt32BE(0) !== 9994)
    throw new MapFileError("map_file_unreadable");
  const indexes = new Set(wanted);
  const found = new Map<number, Feature["geometry"] | null>();
  let offset = HEADER_BYTES;
  for (let index = 0; offset + RECORD_HEADER_BYTES <= bytes.length; index += 1) {
    const end = offset + RECORD_HEADER_BYTES + bytes.readInt32BE(offset + 4) * 2;
    if (end <= offset || end > bytes.length) throw new MapFileError("map_file_unreadable");
    if (indexes.has(index)) found.set(index, readShape(bytes, offset, end));
    offset = end;
  }
  if (found.size !== indexes.size) throw new MapFileError("map_file_incomplete", { part: ".shp" });
  return found;
}

/** One record, given to the parser as a file of its own. */
function readShape(bytes: Buffer, start: number, end: number): Feature["geometry"] | null {
  const content = start + RECORD_HEADER_BYTES;
  if (end - content < 44) return null;
  if (!polygonTypes.includes(bytes.readInt32LE(content))) throw new MapFileError("map_file_unknown");
  if (bytes.readUInt32LE(content + 36) > MOST_PARTS)
    throw new MapFileError("map_file_detailed", { most: MOST_PARTS });
  const alone = Buffer.concat([bytes.subarray(0, HEADER_BYTES), bytes.subarray(start, end)]);
  return readable(() => parseShp(alone))[0] ?? null;
}

function readable<Value>(read: () => Value): Value {
  try {
    return read();
  } catch {
    throw new MapFileError("map_file_unreadable");
  }
}
