/** Commons as a map takes them. */
import type { Bounds, Place, PlaceKind } from "@/components/map/types";
import type { CommonsCard } from "./queries";

/** Those whose place is known, with the words of the language. */
export function placesOf(
  commons: readonly CommonsCard[],
  words: { hrefOf: (slug: string) => string; stageOf: (stage: string) => string },
): Place[] {
  return commons.flatMap(({ id, slug, name, kind, lat, lon, positionOf, stage }) =>
    lat === null || lon === null
      ? []
      : [
          {
            id,
            kind: kind as PlaceKind,
            name,
            lat,
            lon,
            approximate: positionOf !== "point",
            href: words.hrefOf(slug),
            note: words.stageOf(stage),
          },
        ],
  );
}

/** About five kilometres, for a municipality of which nothing but the middle is known. */
const AROUND = 0.05;

/** What the map shows first: the outlines if there are any, else all places, else the middle of the municipality. */
export function mapBounds(
  places: readonly { lat: number; lon: number }[],
  centre: { lat: number; lon: number },
  outlines: Bounds | undefined,
): Bounds {
  if (outlines) return outlines;
  const points = [centre, ...places];
  const lats = points.map(({ lat }) => lat);
  const lons = points.map(({ lon }) => lon);
  const margin = places.length > 0 ? 0.01 : AROUND;
  return [
    Math.min(...lons) - margin,
    Math.min(...lats) - margin,
    Math.max(...lons) + margin,
    Math.max(...lats) + margin,
  ];
}
