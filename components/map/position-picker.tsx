"use client";

import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { controlAttributes, controlClass, Field, type FieldState } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { isWithin } from "./bounds";
import { distanceText } from "./distance";
import type { SchematicBase } from "./schematic/base";
import { metresBetween, type Point } from "./schematic/frame";
import { SchematicMap } from "./schematic/schematic-map";
import type { Bounds } from "./types";

const MapCanvas = dynamic(() => import("./map-canvas").then((module) => module.MapCanvas), {
  ssr: false,
  loading: () => <Skeleton height="map" />,
});

const nothing: never[] = [];

/** Two numbers that can be typed, and a map that fills them in for whoever would rather point. */
export function PositionPicker({
  lat,
  lon,
  outlinesUrl,
  bounds,
  tilesUrl,
  schematic,
  landmarks = [],
}: {
  lat: FieldState;
  lon: FieldState;
  outlinesUrl?: string | undefined;
  bounds: Bounds;
  tilesUrl?: string | undefined;
  schematic?: SchematicBase | undefined;
  landmarks?: readonly (Point & { name: string })[];
}) {
  const t = useTranslations("ui.map");
  const locale = useLocale();
  const [shown, setShown] = useState(false);
  const [values, setValues] = useState({ lat: asText(lat.initialValue), lon: asText(lon.initialValue) });
  const [picked, setPicked] = useState(() => asPoint(values));
  const change = (part: Partial<typeof values>) => {
    const next = { ...values, ...part };
    setValues(next);
    setPicked(asPoint(next));
  };
  const pick = (point: Point) => change({ lat: point.lat.toFixed(5), lon: point.lon.toFixed(5) });
  const nearest = picked && nearestOf(picked, landmarks);
  const looksSwapped =
    picked !== undefined &&
    !isWithin(picked, bounds) &&
    isWithin({ lat: picked.lon, lon: picked.lat }, bounds);
  return (
    <div className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Coordinate
          field={lat}
          label={t("latitude")}
          value={values.lat}
          onChange={(value) => change({ lat: value })}
        />
        <Coordinate
          field={lon}
          label={t("longitude")}
          value={values.lon}
          onChange={(value) => change({ lon: value })}
        />
      </div>
      {looksSwapped && (
        <Notice tone="warning" live="status" title={t("swapped")}>
          <Button
            look="secondary"
            icon="refresh"
            onClick={() => change({ lat: values.lon, lon: values.lat })}
          >
            {t("swap")}
          </Button>
        </Notice>
      )}
      {shown ? (
        schematic ? (
          <SchematicMap
            base={schematic}
            places={nothing}
            landmarks={landmarks}
            label={t("pick")}
            picked={picked}
            onPick={pick}
          />
        ) : (
          <div className="h-96 overflow-hidden rounded-smooth border border-control">
            <MapCanvas
              places={nothing}
              outlinesUrl={outlinesUrl}
              bounds={bounds}
              tilesUrl={tilesUrl}
              label={t("pick")}
              picked={picked}
              onPick={pick}
            />
          </div>
        )
      ) : (
        <Button look="secondary" icon="map" onClick={() => setShown(true)}>
          {t("pick")}
        </Button>
      )}
      {nearest && (
        <p role="status" className="text-base text-ink-soft">
          {t("nearest", { name: nearest.name, distance: distanceText(nearest.metres, locale) })}
        </p>
      )}
    </div>
  );
}

/** The landmark next to a point, so that whoever chose it sees whether it is where they meant. */
function nearestOf(point: Point, landmarks: readonly (Point & { name: string })[]) {
  return landmarks
    .map(({ name, ...landmark }) => ({ name, metres: metresBetween(point, landmark) }))
    .sort((a, b) => a.metres - b.metres)[0];
}

function Coordinate({
  field,
  label,
  value,
  onChange,
}: {
  field: FieldState;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field field={field} label={label} optional>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        {...controlAttributes(field, { label, optional: true })}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={controlClass}
      />
    </Field>
  );
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function asPoint(values: { lat: string; lon: string }): { lat: number; lon: number } | undefined {
  const [lat, lon] = [values.lat, values.lon].map((value) =>
    value.trim() ? Number(value.replace(",", ".")) : Number.NaN,
  );
  return lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180
    ? { lat, lon }
    : undefined;
}
