import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Place } from "./types";

export type MapColours = Record<
  "page" | "muted" | "ink" | "inkSoft" | "control" | "primary" | "onPrimary" | "sunken",
  string
>;

/** The theme's colours as the page has them now: a canvas cannot read custom properties itself. */
export function readColours(element: Element): MapColours {
  const styles = getComputedStyle(element);
  const read = (name: string) => styles.getPropertyValue(name).trim();
  return {
    page: read("--page"),
    muted: read("--muted"),
    ink: read("--ink"),
    inkSoft: read("--ink-soft"),
    control: read("--control"),
    primary: read("--primary"),
    onPrimary: read("--on-primary"),
    sunken: read("--sunken"),
  };
}

export const placeLayer = "places";
export const clusterLayer = "clusters";

/** Outlines and places only: whole without any tile. What a tile source adds is put underneath. */
export function mapStyle(
  places: readonly Place[],
  outlinesUrl: string | undefined,
  colours: MapColours,
  base: { sources: Record<string, SourceSpecification>; layers: LayerSpecification[] },
): StyleSpecification {
  const font = ["Titillium Web", "sans-serif"];
  return {
    version: 8,
    sources: {
      ...base.sources,
      outlines: {
        type: "geojson",
        data: outlinesUrl ?? { type: "FeatureCollection", features: [] },
      },
      places: {
        type: "geojson",
        cluster: true,
        clusterRadius: 44,
        clusterMaxZoom: 16,
        data: {
          type: "FeatureCollection",
          features: places.map(({ id, kind, approximate, lon, lat }) => ({
            type: "Feature",
            properties: { id, image: imageName(kind, approximate) },
            geometry: { type: "Point", coordinates: [lon, lat] },
          })),
        },
      },
    },
    layers: [
      { id: "background", type: "background", paint: { "background-color": colours.muted } },
      ...base.layers,
      {
        id: "outline-fill",
        type: "fill",
        source: "outlines",
        paint: { "fill-color": colours.page, "fill-opacity": base.layers.length > 0 ? 0 : 1 },
      },
      {
        id: "outline-line",
        type: "line",
        source: "outlines",
        paint: {
          "line-color": colours.control,
          "line-width": 1,
        },
      },
      {
        id: "outline-name",
        type: "symbol",
        source: "outlines",
        filter: ["==", ["get", "kind"], "district"],
        layout: { "text-field": ["get", "name"], "text-font": font, "text-size": 13 },
        paint: { "text-color": colours.inkSoft, "text-halo-color": colours.page, "text-halo-width": 2 },
      },
      {
        id: clusterLayer,
        type: "circle",
        source: "places",
        filter: ["has", "point_count"],
        paint: {
          "circle-color": colours.primary,
          "circle-radius": ["step", ["get", "point_count"], 18, 10, 22, 30, 28],
          "circle-stroke-color": colours.onPrimary,
          "circle-stroke-width": 3,
        },
      },
      {
        id: "cluster-count",
        type: "symbol",
        source: "places",
        filter: ["has", "point_count"],
        layout: {
          "text-field": ["get", "point_count_abbreviated"],
          "text-font": font,
          "text-size": 16,
          "text-allow-overlap": true,
        },
        paint: { "text-color": colours.onPrimary },
      },
      {
        id: placeLayer,
        type: "symbol",
        source: "places",
        filter: ["!", ["has", "point_count"]],
        layout: { "icon-image": ["get", "image"], "icon-size": 0.6, "icon-allow-overlap": true },
      },
    ],
  };
}

function imageName(kind: Place["kind"], approximate: boolean): string {
  return `${kind}-${approximate ? "hollow" : "full"}`;
}
