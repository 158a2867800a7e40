/** Commons as a map takes them. */
import type { Place, PlaceKind } from "@/components/map/types";
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
