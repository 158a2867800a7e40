/** What a PMTiles archive on disk covers, from its first bytes. */
import { open } from "node:fs/promises";
import { bytesToHeader, TileType } from "pmtiles";
import type { Bounds } from "@/components/map/types";
import type { Place } from "./outlines";
import { MapFileError } from "./rules";

const HEADER_BYTES = 127;
const VERSION = 3;
const shown: readonly TileType[] = [TileType.Mvt, TileType.Png, TileType.Jpeg, TileType.Webp, TileType.Avif];

export type TilesView = { area: Bounds; leastZoom: number; mostZoom: number; pictures: boolean };

/** @throws MapFileError for what no map here could show, or of another place */
export async function readTiles(path: string, size: number, place: Place): Promise<TilesView> {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const file = await open(path, "r");
  try {
    const { bytesRead } = await file.read(bytes, 0, HEADER_BYTES, 0);
    if (bytesRead < HEADER_BYTES || bytes[7] !== VERSION) throw new MapFileError("map_file_unreadable");
  } finally {
    await file.close();
  }
  const header = bytesToHeader(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + HEADER_BYTES));
  const end = header.tileDataOffset + (header.tileDataLength ?? 0);
  if (end > size || header.rootDirectoryOffset + header.rootDirectoryLength > size)
    throw new MapFileError("map_file_incomplete", { part: ".pmtiles" });
  if (!shown.includes(header.tileType)) throw new MapFileError("map_tiles_type");
  const { minLon, minLat, maxLon, maxLat } = header;
  if (place.lon < minLon || place.lon > maxLon || place.lat < minLat || place.lat > maxLat)
    throw new MapFileError("map_elsewhere");
  return {
    area: [minLon, minLat, maxLon, maxLat],
    leastZoom: header.minZoom,
    mostZoom: header.maxZoom,
    pictures: header.tileType !== TileType.Mvt,
  };
}
