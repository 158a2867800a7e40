"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Italian } from "@/components/ui/italian";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { isWithin } from "./bounds";
import { distanceText } from "./distance";
import type { SchematicBase } from "./schematic/base";
import { metresBetween, type Point } from "./schematic/frame";
import { SchematicMap } from "./schematic/schematic-map";
import { shapePath } from "./shapes";
import type { Bounds, Place, PlaceKind } from "./types";
import { useHere } from "./use-here";

const MapCanvas = dynamic(() => import("./map-canvas").then((module) => module.MapCanvas), {
  ssr: false,
  loading: () => <Skeleton height="map" />,
});

/** As many as somebody reads through; a part of the map has fewer. */
const LISTED = 100;

/**
 * Places on a map with the list of what is in view beside it. The list says all that the map does, for a keyboard and
 * a reader; a drawn map needs no script, and one with outlines or tiles is fetched once it is scrolled to.
 */
export function PlaceMap({
  places,
  outlinesUrl,
  bounds,
  tilesUrl,
  schematic,
  landmarks = [],
  label,
  credit,
}: {
  places: readonly Place[];
  outlinesUrl?: string | undefined;
  bounds: Bounds;
  tilesUrl?: string | undefined;
  schematic?: SchematicBase | undefined;
  landmarks?: readonly (Point & { name: string })[];
  label: string;
  credit?: string | undefined;
}) {
  const t = useTranslations("ui.map");
  const [view, setView] = useState<Bounds>();
  const [selected, setSelected] = useState<string>();
  const { reference, seen } = useSeen();
  const { here, problem, ask } = useHere();
  const shown = useMemo(() => {
    const inView = view ? places.filter((place) => isWithin(place, view)) : places;
    return here ? [...inView].sort((a, b) => metresBetween(a, here) - metresBetween(b, here)) : inView;
  }, [places, view, here]);
  return (
    <div className="grid gap-4 lg:grid-cols-[2fr_1fr]">
      <div className="space-y-2 print:hidden">
        {schematic ? (
          <SchematicMap
            base={schematic}
            places={places}
            landmarks={landmarks}
            label={label}
            onView={setView}
            onSelect={setSelected}
            focus={here}
          />
        ) : (
          <div
            ref={reference}
            className="h-96 overflow-hidden rounded-smooth border border-control lg:h-[32rem]"
          >
            {seen ? (
              <MapCanvas
                places={places}
                outlinesUrl={outlinesUrl}
                bounds={bounds}
                tilesUrl={tilesUrl}
                label={label}
                onView={setView}
                onSelect={setSelected}
              />
            ) : (
              <Skeleton height="map" />
            )}
          </div>
        )}
        <Legend places={places} hasLandmarks={schematic !== undefined && landmarks.length > 0} />
        <p className="text-ink-soft text-sm">{schematic ? t("schematic") : credit}</p>
      </div>
      <section aria-label={t("list")} className="min-w-0">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
          <p role="status" className="font-semibold">
            {t("inView", { count: shown.length })}
          </p>
          {places.length > 1 && (
            <Button look="secondary" icon="map-pin" onClick={ask} className="px-3 print:hidden">
              {t("nearMe")}
            </Button>
          )}
        </div>
        {problem && (
          <Notice tone="info" live="status">
            {t(`notLocated.${problem}`)}
          </Notice>
        )}
        <ul className="max-h-96 divide-y divide-line overflow-y-auto lg:max-h-[32rem] print:max-h-none">
          {shown.slice(0, LISTED).map((place) => (
            <PlaceItem key={place.id} place={place} here={here} selected={place.id === selected} />
          ))}
        </ul>
        {shown.length > LISTED && (
          <p className="mt-2 text-ink-soft text-sm">{t("more", { count: shown.length - LISTED })}</p>
        )}
      </section>
    </div>
  );
}

function PlaceItem({ place, here, selected }: { place: Place; here: Point | undefined; selected: boolean }) {
  const t = useTranslations("ui.map");
  const locale = useLocale();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) item.current?.querySelector("a")?.focus();
  }, [selected]);
  const distance = here && metresBetween(place, here);
  return (
    <li ref={item} className={selected ? "bg-sunken" : undefined}>
      <Link
        prefetch={false}
        href={place.href}
        className="flex min-h-11 items-start gap-3 px-2 py-2 text-base"
      >
        <Shape kind={place.kind} hollow={place.approximate} />
        <span>
          <span className="text-link underline underline-offset-4">
            <Italian>{place.name}</Italian>
          </span>
          <span className="block text-ink-soft text-sm">
            {[
              distance !== undefined && t("away", { distance: distanceText(distance, locale) }),
              t(`kinds.${place.kind}`),
              place.note,
              place.approximate && t("approximate"),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </span>
      </Link>
    </li>
  );
}

function Legend({ places, hasLandmarks }: { places: readonly Place[]; hasLandmarks: boolean }) {
  const t = useTranslations("ui.map");
  const kinds = [...new Set(places.map((place) => place.kind))];
  const withHouses = hasLandmarks && !kinds.includes("house");
  if (kinds.length < 2 && !withHouses) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {kinds.map((kind) => (
        <li key={kind} className="inline-flex items-center gap-2">
          <Shape kind={kind} hollow={false} />
          {t(`kinds.${kind}`)}
        </li>
      ))}
      {withHouses && (
        <li className="inline-flex items-center gap-2">
          <svg viewBox="-12 -12 24 24" className="size-5 shrink-0" aria-hidden="true" focusable="false">
            <path d={shapePath("house", 9)} strokeWidth="2.5" className="fill-surface stroke-accent" />
          </svg>
          {t("kinds.house")}
        </li>
      )}
    </ul>
  );
}

function Shape({ kind, hollow }: { kind: PlaceKind; hollow: boolean }) {
  return (
    <svg
      viewBox="-12 -12 24 24"
      className="mt-0.5 size-5 shrink-0 stroke-primary"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapePath(kind, 9)} strokeWidth="2" className={hollow ? "fill-page" : "fill-primary"} />
    </svg>
  );
}

/** Turns true once the element has come near the window. */
function useSeen() {
  const reference = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!reference.current || seen) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true),
      { rootMargin: "200px" },
    );
    observer.observe(reference.current);
    return () => observer.disconnect();
  }, [seen]);
  return { reference, seen };
}
