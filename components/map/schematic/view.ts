/** The part of a schematic map that is seen: a square of its frame, in shares of it. */
import type { Bounds, Place } from "../types";
import { pointAt, type Share, shareOf } from "./frame";

export type View = { x: number; y: number; zoom: number };

export const whole: View = { x: 0, y: 0, zoom: 1 };
/** No closer than a few hundred metres across. */
const CLOSEST_METRES = 400;

/** The same view moved and zoomed so that it stays within the frame. */
export function within({ x, y, zoom }: View, metresAcross: number): View {
  const most = Math.max(1, metresAcross / CLOSEST_METRES);
  const closer = Math.min(Math.max(zoom, 1), most);
  const room = 1 - 1 / closer;
  const clamp = (share: number) => Math.min(Math.max(share, 0), room);
  return { x: clamp(x), y: clamp(y), zoom: closer };
}

/** Zooms by a factor and keeps one point of the frame where it is. */
export function zoomedAt({ x, y, zoom }: View, factor: number, at: Share): View {
  return {
    x: at.x - (at.x - x) / factor,
    y: at.y - (at.y - y) / factor,
    zoom: zoom * factor,
  };
}

export function centreOf({ x, y, zoom }: View): Share {
  return { x: x + 0.5 / zoom, y: y + 0.5 / zoom };
}

export function centredOn(at: Share, zoom: number): View {
  return { x: at.x - 0.5 / zoom, y: at.y - 0.5 / zoom, zoom };
}

/** Where in the view a point of the frame is, in shares of what is seen. */
export function seenAt({ x, y, zoom }: View, at: Share): Share {
  return { x: (at.x - x) * zoom, y: (at.y - y) * zoom };
}

/** The other way round. */
export function frameShare({ x, y, zoom }: View, seen: Share): Share {
  return { x: x + seen.x / zoom, y: y + seen.y / zoom };
}

export function boundsOfView(frame: Bounds, view: View): Bounds {
  const northWest = pointAt(frame, { x: view.x, y: view.y });
  const southEast = pointAt(frame, frameShare(view, { x: 1, y: 1 }));
  return [northWest.lon, southEast.lat, southEast.lon, northWest.lat];
}

export type Mark = { key: string; at: Share; places: readonly Place[] };

/**
 * Places as they are drawn: those nearer to each other than `apart` shares of the width are one mark.
 * @param proportion width of the map divided by its height
 */
export function marksOf(
  places: readonly Place[],
  frame: Bounds,
  view: View,
  apart: number,
  proportion: number,
): Mark[] {
  const marks: { at: Share; places: Place[] }[] = [];
  for (const place of places) {
    const at = seenAt(view, shareOf(frame, place));
    if (at.x < 0 || at.x > 1 || at.y < 0 || at.y > 1) continue;
    const near = marks.find((mark) => Math.hypot(mark.at.x - at.x, (mark.at.y - at.y) / proportion) < apart);
    if (near) near.places.push(place);
    else marks.push({ at, places: [place] });
  }
  return marks.map((mark) => ({ ...mark, key: mark.places[0]?.id ?? "" }));
}
