declare module "shpjs" {
  export function parseShp(shp: Uint8Array): ({ type: string; coordinates: unknown } | null)[];
  export function parseDbf(dbf: Uint8Array, encoding?: Uint8Array): Record<string, unknown>[];
}
