/** Files for the map, made by the book of each format, for tests. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";

export type Ring = readonly (readonly [number, number])[];
export type Shape = { properties: Record<string, string>; rings: readonly Ring[] };

const encoder = new TextEncoder();
const FIELD_BYTES = 40;

/** ESRI's whitepaper of July 1998: header, records, polygons of type 5. */
export function shp(shapes: readonly Shape[]): Uint8Array {
  const records = shapes.map(({ rings }, index) => {
    const points = rings.flat();
    const content = 44 + 4 * rings.length + 16 * points.length;
    const record = Buffer.alloc(8 + content);
    record.writeInt32BE(index + 1, 0);
    record.writeInt32BE(content / 2, 4);
    record.writeInt32LE(5, 8);
    record.writeInt32LE(rings.length, 44);
    record.writeInt32LE(points.length, 48);
    let first = 0;
    rings.forEach((ring, part) => {
      record.writeInt32LE(first, 52 + 4 * part);
      first += ring.length;
    });
    points.forEach(([x, y], point) => {
      record.writeDoubleLE(x, 52 + 4 * rings.length + 16 * point);
      record.writeDoubleLE(y, 60 + 4 * rings.length + 16 * point);
    });
    return record;
  });
  const header = Buffer.alloc(100);
  const length = 100 + records.reduce((sum, record) => sum + record.length, 0);
  header.writeInt32BE(9994, 0);
  header.writeInt32BE(length / 2, 24);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(5, 32);
  return Buffer.concat([header, ...records]);
}

/** dBASE III without memo, fields of characters. */
export function dbf(rows: readonly Record<string, string>[], claimed = rows.length): Uint8Array {
  const names = Object.keys(rows[0] ?? {});
  const header = Buffer.alloc(32 + 32 * names.length + 1);
  header[0] = 3;
  header.writeUInt32LE(claimed, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(1 + FIELD_BYTES * names.length, 10);
  names.forEach((name, index) => {
    header.write(name, 32 + 32 * index, "latin1");
    header.write("C", 43 + 32 * index, "latin1");
    header[48 + 32 * index] = FIELD_BYTES;
  });
  header[header.length - 1] = 13;
  const records = rows.map((row) => {
    const record = Buffer.alloc(1 + FIELD_BYTES * names.length, 0x20);
    names.forEach((name, index) => {
      record.write(row[name] ?? "", 1 + FIELD_BYTES * index, "utf8");
    });
    return record;
  });
  return Buffer.concat([header, ...records, Buffer.from([26])]);
}

export const utm32 =
  'PROJCS["WGS_1984_UTM_Zone_32N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],UNIT["Meter",1.0]]';

export function zip(parts: Record<string, Uint8Array | string>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [
        name,
        typeof part === "string" ? encoder.encode(part) : part,
      ]),
    ),
  );
}

/** As ISTAT packs it: folders, a shapefile of the Comuni and one of the regions. */
export function istatArchive(
  shapes: readonly Shape[],
  projection = utm32,
  leaveOut: readonly string[] = [],
): Uint8Array {
  const name = "Limiti01012026_g/Com01012026_g/Com01012026_g_WGS84";
  const regions = "Limiti01012026_g/Reg01012026_g/Reg01012026_g_WGS84";
  const parts: Record<string, Uint8Array | string> = {
    [`${name}.shp`]: shp(shapes),
    [`${name}.dbf`]: dbf(shapes.map(({ properties }) => properties)),
    [`${name}.prj`]: projection,
    [`${name}.cpg`]: "UTF-8",
    [`${regions}.shp`]: shp([]),
    [`${regions}.dbf`]: dbf([{ COD_REG: "1", DEN_REG: "Piemonte" }]),
  };
  for (const ending of leaveOut) delete parts[`${name}${ending}`];
  return zip(parts);
}

/** Version 3 of PMTiles: the header, an empty directory and a few bytes of tiles. */
export function pmtiles(
  area: readonly [number, number, number, number],
  { type = 1, version = 3, cut = false } = {},
): Uint8Array {
  const bytes = Buffer.alloc(200);
  bytes.write("PMTiles", 0, "latin1");
  bytes[7] = version;
  const numbers = [127, 5, 132, 2, 0, 0, 134, cut ? 5000 : 66, 1, 1, 1];
  numbers.forEach((number, index) => void bytes.writeBigUInt64LE(BigInt(number), 8 + 8 * index));
  bytes[96] = 1;
  bytes[97] = 1;
  bytes[98] = 1;
  bytes[99] = type;
  bytes[100] = 0;
  bytes[101] = 14;
  area.forEach((degrees, index) => void bytes.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * index));
  return bytes;
}

export async function written(folder: string, bytes: Uint8Array | string): Promise<[string, number]> {
  const content = typeof bytes === "string" ? encoder.encode(bytes) : bytes;
  const path = join(folder, crypto.randomUUID());
  await writeFile(path, content);
  return [path, content.length];
}
