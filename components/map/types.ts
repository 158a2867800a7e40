/** Kinds of commons, each with its own shape on the map. */
export type PlaceKind =
  | "building"
  | "green_area"
  | "square"
  | "school"
  | "immaterial"
  | "house"
  | "municipality";

export type Place = {
  id: string;
  kind: PlaceKind;
  name: string;
  lat: number;
  lon: number;
  /** The position is the middle of a district, because only the district is known. */
  approximate: boolean;
  /** Address of its page, resolved on the server. */
  href: string;
  /** One short line: state, district. */
  note?: string;
};

/** Properties of a feature of the outlines, which the map fetches as GeoJSON from an address of this site. */
export type OutlineProperties = { name: string; kind: "municipality" | "district" };

export type Bounds = readonly [west: number, south: number, east: number, north: number];
