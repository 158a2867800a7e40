import { z } from "zod";

/** Coordinates are left as they are: what draws them checks them, point by point. */
export const geometrySchema = z.object({
  type: z.enum(["Polygon", "MultiPolygon"]),
  coordinates: z.array(z.array(z.json())).min(1),
});

const featureSchema = z.object({
  type: z.literal("Feature"),
  properties: z.record(z.string(), z.unknown()),
  geometry: geometrySchema,
});

const collectionSchema = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(featureSchema).min(1),
});

export type BoundaryRow = {
  municipality: string;
  kind: "municipality" | "district";
  code: string;
  name: string;
  geometry: z.infer<typeof geometrySchema>;
};

/** A file that is no GeoJSON of outlines, or an outline of which nothing says whose it is. */
export class BoundaryFileError extends Error {
  override readonly name = "BoundaryFileError";
}

/** Names under which files of Italian boundaries have the ISTAT code, the number of a district, and a name. */
const istatProperties = ["istat", "istat_code", "com_istat_code", "PRO_COM_T", "pro_com_t"];
const districtProperties = ["circoscrizione", "district", "NCIRCO", "ncirco"];
const nameProperties = ["name", "nome", "COMUNE", "comune", "DENOM", "denom"];

/**
 * Outlines of municipalities (each with its ISTAT code) and of districts (each with its number, of the
 * municipality `districtsOf`).
 * @throws BoundaryFileError naming the feature, counted from 1.
 */
export function readBoundaries(json: string, districtsOf: string): BoundaryRow[] {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    throw new BoundaryFileError(`not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const collection = collectionSchema.safeParse(content);
  if (!collection.success) {
    const [issue] = collection.error.issues;
    throw new BoundaryFileError(`not GeoJSON of polygons: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  return collection.data.features.map(({ properties, geometry }, index) => {
    const owner = ownerOf(properties, districtsOf);
    if (owner) return { ...owner, geometry };
    const district = firstOf(properties, districtProperties);
    throw new BoundaryFileError(
      district
        ? `feature ${index + 1}: district ${district}`
        : `feature ${index + 1} has neither a six-digit ISTAT code nor a district`,
    );
  });
}

/** Whose outline a feature is, by its properties; undefined where they say it of nobody. */
export function ownerOf(
  properties: Readonly<Record<string, unknown>>,
  districtsOf: string,
): Omit<BoundaryRow, "geometry"> | undefined {
  const istat = firstOf(properties, istatProperties);
  const district = firstOf(properties, districtProperties);
  const name = firstOf(properties, nameProperties)?.slice(0, 120);
  if (district) {
    if (!/^\d{1,3}$/.test(district)) return undefined;
    return { municipality: districtsOf, kind: "district", code: district, name: name ?? district };
  }
  const code = istat?.padStart(6, "0");
  if (!code || !/^\d{6}$/.test(code)) return undefined;
  return { municipality: code, kind: "municipality", code, name: name ?? code };
}

function firstOf(
  properties: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string | undefined {
  const value = names.map((name) => properties[name]).find((found) => found !== undefined && found !== null);
  return value === undefined ? undefined : String(value);
}
