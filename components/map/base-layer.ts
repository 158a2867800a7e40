import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { MapColours } from "./style";

export type BaseLayer = { sources: Record<string, SourceSpecification>; layers: LayerSpecification[] };

export const noBaseLayer: BaseLayer = { sources: {}, layers: [] };

/**
 * What lies under our own shapes where the operator has configured tiles: pictures by a `{z}/{x}/{y}` template,
 * or one `.pmtiles` file of pictures or of vectors in the schema of Protomaps. Tiles that do not answer are no
 * reason for a map that does not work.
 */
export async function baseLayer(url: string | undefined, colours: MapColours): Promise<BaseLayer> {
  if (!url) return noBaseLayer;
  try {
    return url.endsWith(".pmtiles") ? await archive(url, colours) : pictures({ tiles: [url] });
  } catch (error) {
    console.warn("map tiles are not available:", error);
    return noBaseLayer;
  }
}

const VECTOR_TILES = 1;

async function archive(url: string, colours: MapColours): Promise<BaseLayer> {
  const [{ PMTiles, Protocol }, { addProtocol }] = await Promise.all([
    import("pmtiles"),
    import("maplibre-gl"),
  ]);
  const address = new URL(url, location.origin).href;
  const tiles = new PMTiles(address);
  const { tileType } = await tiles.getHeader();
  const protocol = new Protocol();
  protocol.add(tiles);
  addProtocol("pmtiles", protocol.tile);
  if (tileType !== VECTOR_TILES) return pictures({ url: `pmtiles://${address}` });
  const fill = (layer: string, color: string): LayerSpecification => ({
    id: `base-${layer}`,
    type: "fill",
    source: "base",
    "source-layer": layer,
    paint: { "fill-color": color },
  });
  return {
    sources: { base: { type: "vector", url: `pmtiles://${address}` } },
    layers: [
      fill("earth", colours.page),
      fill("landuse", colours.muted),
      fill("water", colours.sunken),
      fill("buildings", colours.muted),
      {
        id: "base-roads",
        type: "line",
        source: "base",
        "source-layer": "roads",
        paint: { "line-color": colours.control, "line-width": 1, "line-opacity": 0.5 },
      },
    ],
  };
}

function pictures(source: { tiles: string[] } | { url: string }): BaseLayer {
  return {
    sources: { base: { type: "raster", tileSize: 256, ...source } },
    layers: [{ id: "base", type: "raster", source: "base" }],
  };
}
