/** What a file for the map may hold, and why one is not taken. Pure: no I/O. */
import type { ErrorParams } from "@/lib/errors";

/** Largest file, bytes: ISTAT's archive of the whole country, and streets of a large city. */
export const MOST_MAP_BYTES = 150_000_000;
/** Largest file of outlines once it is unpacked. */
export const MOST_UNPACKED_BYTES = 300_000_000;
/** GeoJSON is read whole. */
export const MOST_JSON_BYTES = 30_000_000;
export const MOST_ENTRIES = 200;
export const MOST_FEATURES = 20_000;
/** Outlines of one municipality and its districts. */
export const MOST_OUTLINES = 200;
export const MOST_POINTS = 200_000;

/** What the files of a background are called among those that are kept: before and after it counts. */
export const DRAFT_TILES = "map_tiles_draft";
export const TILES = "map_tiles";

export const mapProblems = [
  "map_file_unknown",
  "map_file_unreadable",
  "map_file_large",
  "map_file_incomplete",
  "map_file_many",
  "map_file_detailed",
  "map_projection",
  "map_not_here",
  "map_elsewhere",
  "map_tiles_type",
] as const;
export type MapProblem = (typeof mapProblems)[number];

/** Why a file for the map is not taken. */
export class MapFileError extends Error {
  constructor(
    readonly code: MapProblem,
    readonly params: ErrorParams = {},
  ) {
    super(code);
    this.name = "MapFileError";
  }
}
