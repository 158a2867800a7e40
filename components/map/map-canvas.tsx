"use client";

import "maplibre-gl/dist/maplibre-gl.css";
import {
  type GeoJSONSource,
  type Map as LibreMap,
  type LngLatBoundsLike,
  Map as MapConstructor,
  type MapLayerMouseEvent,
  Marker,
  NavigationControl,
  setWorkerUrl,
} from "maplibre-gl";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { baseLayer } from "./base-layer";
import { shapeImage } from "./shapes";
import { clusterLayer, mapStyle, placeLayer, readColours } from "./style";
import type { Bounds, Place, PlaceKind } from "./types";

// Served by ourselves: the policy lets no other worker run.
setWorkerUrl(new URL("maplibre-gl/dist/maplibre-gl-worker.mjs", import.meta.url).href);

export type MapCanvasProps = {
  places: readonly Place[];
  outlinesUrl?: string | undefined;
  bounds: Bounds;
  tilesUrl?: string | undefined;
  /** What it is a map of, for screen readers. */
  label: string;
  onView?: (view: Bounds) => void;
  onSelect?: (place: string) => void;
  /** Makes the map a way to choose a point. */
  onPick?: (point: { lat: number; lon: number }) => void;
  picked?: { lat: number; lon: number } | undefined;
};

/** The map itself, loaded only where and when it is looked at. Everything it says is also said in words beside it. */
export function MapCanvas({
  places,
  outlinesUrl,
  bounds,
  tilesUrl,
  label,
  onView,
  onSelect,
  onPick,
  picked,
}: MapCanvasProps) {
  const t = useTranslations("ui.map");
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<LibreMap>();
  const [failed, setFailed] = useState(false);
  const listeners = useRef({ onView, onSelect, onPick });
  useEffect(() => {
    listeners.current = { onView, onSelect, onPick };
  });

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let created: LibreMap | undefined;
    let gone = false;
    const colours = readColours(element);
    baseLayer(tilesUrl, colours)
      .then((base) => {
        if (gone) return;
        created = new MapConstructor({
          container: element,
          style: mapStyle(places, outlinesUrl, colours, base),
          bounds: bounds as unknown as LngLatBoundsLike,
          fitBoundsOptions: { padding: 32, maxZoom: 16 },
          attributionControl: false,
          cooperativeGestures: true,
          dragRotate: false,
          pitchWithRotate: false,
          locale: {
            "Map.Title": label,
            "NavigationControl.ZoomIn": t("zoomIn"),
            "NavigationControl.ZoomOut": t("zoomOut"),
            "CooperativeGesturesHandler.WindowsHelpText": t("gesturesKeyboard"),
            "CooperativeGesturesHandler.MacHelpText": t("gesturesKeyboard"),
            "CooperativeGesturesHandler.MobileHelpText": t("gesturesTouch"),
          },
        });
        created.addControl(new NavigationControl({ showCompass: false }));
        drawShapes(created, { fill: colours.primary, edge: colours.page });
        listen(created, listeners);
        setMap(created);
      })
      // No WebGL, most often on old or locked-down devices: the list beside the map says the same.
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      created?.remove();
    };
  }, [places, outlinesUrl, bounds, tilesUrl, label, t]);

  useEffect(() => {
    if (!map || !picked) return;
    const marker = new Marker({ color: readColours(map.getContainer()).primary })
      .setLngLat([picked.lon, picked.lat])
      .addTo(map);
    return () => {
      marker.remove();
    };
  }, [map, picked]);

  if (failed) return <p className="p-4">{t("failed")}</p>;
  return <div ref={container} className="h-full w-full" />;
}

type Listeners = { current: Pick<MapCanvasProps, "onView" | "onSelect" | "onPick"> };

function listen(map: LibreMap, listeners: Listeners): void {
  const tellView = () => {
    const view = map.getBounds();
    listeners.current.onView?.([view.getWest(), view.getSouth(), view.getEast(), view.getNorth()]);
  };
  map.on("load", tellView);
  map.on("moveend", tellView);
  map.on("click", ({ lngLat }) => listeners.current.onPick?.({ lat: lngLat.lat, lon: lngLat.lng }));
  map.on("click", placeLayer, (event: MapLayerMouseEvent) => {
    const id = event.features?.[0]?.properties.id;
    if (typeof id === "string") listeners.current.onSelect?.(id);
  });
  map.on("click", clusterLayer, async (event: MapLayerMouseEvent) => {
    const [cluster] = event.features ?? [];
    const source = map.getSource<GeoJSONSource>("places");
    if (cluster?.geometry.type !== "Point" || !source) return;
    const zoom = await source.getClusterExpansionZoom(Number(cluster.properties.cluster_id));
    const [lon = 0, lat = 0] = cluster.geometry.coordinates;
    map.easeTo({ center: [lon, lat], zoom });
  });
  for (const layer of [placeLayer, clusterLayer]) {
    map.on("mouseenter", layer, () => {
      map.getCanvas().style.cursor = "pointer";
    });
    map.on("mouseleave", layer, () => {
      map.getCanvas().style.cursor = "";
    });
  }
}

function drawShapes(map: LibreMap, colours: { fill: string; edge: string }): void {
  map.setMissingStyleImageResolver((id) => {
    const [kind, fill] = id.split("-") as [PlaceKind, string];
    const image = shapeImage(kind, colours, fill === "hollow");
    if (image) map.addImage(id, image);
  });
}
