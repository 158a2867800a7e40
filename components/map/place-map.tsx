"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { isWithin } from "./bounds";
import { shapePath } from "./shapes";
import type { Bounds, Place, PlaceKind } from "./types";

const MapCanvas = dynamic(() => import("./map-canvas").then((module) => module.MapCanvas), {
  ssr: false,
  loading: () => <Skeleton height="map" />,
});

/**
 * Places on a map with the list of what is in view beside it. The list is all there is before scripts, without
 * WebGL and for a keyboard; the map is fetched once it is scrolled to.
 */
export function PlaceMap({
  places,
  outlinesUrl,
  bounds,
  tilesUrl,
  label,
  credit,
}: {
  places: readonly Place[];
  outlinesUrl?: string | undefined;
  bounds: Bounds;
  tilesUrl?: string | undefined;
  label: string;
  credit?: string;
}) {
  const t = useTranslations("ui.map");
  const [view, setView] = useState<Bounds>();
  const [selected, setSelected] = useState<string>();
  const { reference, seen } = useSeen();
  const shown = view ? places.filter((place) => isWithin(place, view)) : places;
  return (
    <div className="grid gap-4 lg:grid-cols-[2fr_1fr]">
      <div className="space-y-2 print:hidden">
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
        <Legend places={places} />
        {credit && <p className="text-ink-soft text-sm">{credit}</p>}
      </div>
      <section aria-label={t("list")} className="min-w-0">
        <p role="status" className="mb-2 font-semibold">
          {t("inView", { count: shown.length })}
        </p>
        <ul className="max-h-96 divide-y divide-line overflow-y-auto lg:max-h-[32rem] print:max-h-none">
          {shown.map((place) => (
            <PlaceItem key={place.id} place={place} selected={place.id === selected} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function PlaceItem({ place, selected }: { place: Place; selected: boolean }) {
  const t = useTranslations("ui.map");
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) item.current?.querySelector("a")?.focus();
  }, [selected]);
  return (
    <li ref={item} className={selected ? "bg-sunken" : undefined}>
      <Link
        prefetch={false}
        href={place.href}
        className="flex min-h-11 items-start gap-3 px-2 py-2 text-base"
      >
        <Shape kind={place.kind} hollow={place.approximate} />
        <span>
          <span className="text-link underline underline-offset-4">{place.name}</span>
          <span className="block text-ink-soft text-sm">
            {[t(`kinds.${place.kind}`), place.note, place.approximate && t("approximate")]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </span>
      </Link>
    </li>
  );
}

function Legend({ places }: { places: readonly Place[] }) {
  const t = useTranslations("ui.map");
  const kinds = [...new Set(places.map((place) => place.kind))];
  if (kinds.length < 2) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {kinds.map((kind) => (
        <li key={kind} className="inline-flex items-center gap-2">
          <Shape kind={kind} hollow={false} />
          {t(`kinds.${kind}`)}
        </li>
      ))}
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
