"use client";

import { useLocale, useTranslations } from "next-intl";
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import { formatNumber } from "@/lib/format";
import { shapePath } from "../shapes";
import type { Bounds, Place } from "../types";
import type { Cell, SchematicBase } from "./base";
import { PLANE } from "./base-plane";
import {
  metresAcross,
  metresBetween,
  type Point,
  PROPORTION,
  pointAt,
  type Share,
  scaleOf,
  shareOf,
} from "./frame";
import {
  boundsOfView,
  centredOn,
  centreOf,
  frameShare,
  type Mark,
  marksOf,
  seenAt,
  type View,
  whole,
  within,
  zoomedAt,
} from "./view";

/** Before the page has been measured: between a telephone and a desk. */
const ASSUMED_WIDTH = 560;
const MARK_PIXELS = 26;
/** A name needs so much ground, in square pixels. */
const NAME_PIXELS = 9_000;
const STEP = 1.8;
/** So few places are told apart by their names on the map itself. */
const NAMED = 6;
const LONGEST_NAME = 26;
/** How much of the ground around the reader is shown at the least, in metres, and how many places on it. */
const LEAST_AROUND = 1_500;
const NEAREST = 3;
/** How far a button moves a point that is being chosen, in shares of what is seen. */
const KEY_STEP = 0.02;

/** A map of our own making, drawn on the server as it stands and moved about by a script of a few kilobytes. */
export function SchematicMap({
  base,
  places,
  landmarks = [],
  label,
  onView,
  onSelect,
  onPick,
  picked,
  focus,
}: {
  base: SchematicBase;
  places: readonly Place[];
  /** Places to find one's way by; they lead nowhere. */
  landmarks?: readonly (Point & { name: string })[];
  label: string;
  onView?: (view: Bounds) => void;
  onSelect?: (place: string) => void;
  onPick?: (point: Point) => void;
  picked?: Point | undefined;
  /** Where the reader is, once they have said so. */
  focus?: Point | undefined;
}) {
  const t = useTranslations("ui.map");
  const { frame, cells } = base;
  const across = metresAcross(frame);
  const { surface, width } = useWidth();
  const [view, setView] = useState(whole);
  const drag = useRef<{ x: number; y: number; view: View; moved: boolean }>(undefined);
  const show = (next: View) => {
    const seen = within(next, across);
    setView(seen);
    onView?.(boundsOfView(frame, seen));
  };
  const shownFocus = useRef<Point>(undefined);
  useEffect(() => {
    if (!focus || focus === shownFocus.current) return;
    shownFocus.current = focus;
    const width = Math.max(LEAST_AROUND, 2.5 * metresToNearest(focus, places));
    const seen = within(centredOn(shareOf(frame, focus), Math.max(1, across / width)), across);
    setView(seen);
    onView?.(boundsOfView(frame, seen));
  }, [focus, places, frame, across, onView]);

  const seenShare = ({ clientX, clientY }: { clientX: number; clientY: number }): Share => {
    const box = surface.current?.getBoundingClientRect();
    if (!box) return { x: 0.5, y: 0.5 };
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  };
  const begin = (event: PointerEvent) => {
    drag.current = { x: event.clientX, y: event.clientY, view, moved: false };
  };
  const move = (event: PointerEvent) => {
    const from = drag.current;
    const box = surface.current?.getBoundingClientRect();
    if (!from || !box || event.buttons === 0) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(x, y) < 5) return;
    if (!from.moved) surface.current?.setPointerCapture(event.pointerId);
    from.moved = true;
    const { zoom } = from.view;
    show({ zoom, x: from.view.x - x / box.width / zoom, y: from.view.y - y / box.height / zoom });
  };
  const end = (event: PointerEvent) => {
    if (drag.current && !drag.current.moved) onPick?.(pointAt(frame, frameShare(view, seenShare(event))));
    drag.current = undefined;
  };
  const zoomBy = (factor: number, at = centreOf(view)) => show(zoomedAt(view, factor, at));
  const movePicked = (x: number, y: number) => {
    const at = picked ? seenAt(view, shareOf(frame, picked)) : { x: 0.5, y: 0.5 };
    const next = frameShare(view, { x: at.x + x * KEY_STEP, y: at.y + y * KEY_STEP });
    onPick?.(pointAt(frame, next));
  };

  const marks = marksOf(places, frame, view, MARK_PIXELS / width, PROPORTION);
  const scale = scaleOf(across / view.zoom);
  return (
    <div className="space-y-2">
      <div className="relative aspect-[5/4] w-full overflow-hidden rounded-smooth border border-control bg-sunken">
        <svg
          ref={surface}
          role="img"
          aria-label={label}
          className={`absolute inset-0 size-full select-none ${view.zoom > 1 || onPick ? "touch-none" : "touch-pan-y"} ${
            onPick ? "cursor-crosshair" : view.zoom > 1 ? "cursor-grab" : ""
          }`}
          onPointerDown={begin}
          onPointerMove={move}
          onPointerUp={end}
          onPointerCancel={() => {
            drag.current = undefined;
          }}
          onDoubleClick={(event) => zoomBy(STEP, frameShare(view, seenShare(event)))}
        >
          <Ground cells={cells} view={view} />
          <Names cells={cells} view={view} width={width} />
          {landmarks.map((landmark) => (
            <At key={landmark.name} at={seenAt(view, shareOf(frame, landmark))}>
              <title>{landmark.name}</title>
              <path d={shapePath("house", 7)} className="fill-surface stroke-accent" strokeWidth="2" />
            </At>
          ))}
          {marks.map((mark) => (
            <MarkShape
              key={mark.key}
              mark={mark}
              named={marks.length <= NAMED}
              onSelect={onSelect}
              onOpen={() => zoomBy(STEP * STEP, frameShare(view, mark.at))}
            />
          ))}
          {focus && (
            <At at={seenAt(view, shareOf(frame, focus))}>
              <circle r="9" className="fill-danger stroke-page" strokeWidth="3" />
            </At>
          )}
          {picked && (
            <At at={seenAt(view, shareOf(frame, picked))}>
              <path
                d="M0 0C-4 -9 -11 -14 -11 -22A11 11 0 1 1 11 -22C11 -14 4 -9 0 0Z"
                className="fill-primary stroke-page"
                strokeWidth="2"
              />
              <circle cy="-22" r="4" className="fill-page" />
            </At>
          )}
          <Scale {...scale} />
        </svg>
        <div className="absolute top-2 right-2 flex flex-col gap-1 print:hidden">
          <MapButton icon="plus" label={t("zoomIn")} onClick={() => zoomBy(STEP)} />
          <MapButton icon="minus" label={t("zoomOut")} onClick={() => zoomBy(1 / STEP)} />
        </div>
      </div>
      {onPick && (
        <div className="flex flex-wrap gap-1 print:hidden">
          <MapButton icon="arrow-up" label={t("north")} onClick={() => movePicked(0, -1)} />
          <MapButton icon="arrow-down" label={t("south")} onClick={() => movePicked(0, 1)} />
          <MapButton icon="arrow-left" label={t("west")} onClick={() => movePicked(-1, 0)} />
          <MapButton icon="arrow-right" label={t("east")} onClick={() => movePicked(1, 0)} />
        </div>
      )}
    </div>
  );
}

/** Something of a constant size on the screen, wherever the map is moved to. */
function At({ at, children }: { at: Share; children: ReactNode }) {
  return (
    <svg x={percent(at.x)} y={percent(at.y)} overflow="visible" aria-hidden="true">
      {children}
    </svg>
  );
}

function Ground({ cells, view }: { cells: readonly Cell[]; view: View }) {
  const { width, height } = PLANE;
  const box = [view.x * width, view.y * height, width / view.zoom, height / view.zoom];
  return (
    <svg viewBox={box.join(" ")} preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true">
      {cells.map(({ own, path }) => (
        <path
          key={path}
          d={path}
          className={own ? "fill-success-soft stroke-success-soft" : "fill-muted stroke-line"}
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}

/** The names of those with ground enough for them, as it is seen. */
function Names({ cells, view, width }: { cells: readonly Cell[]; view: View; width: number }) {
  const pixels = ((width * width) / PROPORTION) * view.zoom * view.zoom;
  return cells
    .filter(({ name, area, own }) => name && (own || area * pixels > NAME_PIXELS))
    .map(({ name, own, x, y }) => {
      const at = seenAt(view, { x, y });
      if (at.x < 0.05 || at.x > 0.95 || at.y < 0.03 || at.y > 0.97) return null;
      return (
        <text
          key={name}
          x={percent(at.x)}
          y={percent(at.y)}
          textAnchor="middle"
          className={own ? "fill-ink-soft font-semibold text-sm" : "fill-ink-soft text-sm"}
        >
          {name}
        </text>
      );
    });
}

function MarkShape({
  mark: { at, places },
  named,
  onSelect,
  onOpen,
}: {
  mark: Mark;
  named: boolean;
  onSelect: ((place: string) => void) | undefined;
  onOpen: () => void;
}) {
  const [place] = places;
  if (!place) return null;
  const many = places.length > 1;
  return (
    <At at={at}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the list beside the map holds the same places as links */}
      <g className="cursor-pointer" onClick={() => (many ? onOpen() : onSelect?.(place.id))}>
        <title>{places.map(({ name }) => name).join(" · ")}</title>
        {many ? (
          <>
            <circle r="13" className="fill-primary stroke-page" strokeWidth="2" />
            <text y="5" textAnchor="middle" className="fill-on-primary font-semibold text-sm">
              {places.length}
            </text>
          </>
        ) : (
          <path
            d={shapePath(place.kind, 9)}
            strokeWidth="2.5"
            className={place.approximate ? "fill-page stroke-primary" : "fill-primary stroke-page"}
          />
        )}
        {named && !many && (
          <text
            {...(at.x > 0.5 ? { x: -15, textAnchor: "end" } : { x: 15 })}
            y="5"
            strokeWidth="4"
            className="fill-ink stroke-page text-sm [paint-order:stroke]"
          >
            {place.name.length > LONGEST_NAME ? `${place.name.slice(0, LONGEST_NAME - 1)}…` : place.name}
          </text>
        )}
      </g>
    </At>
  );
}

function Scale({ metres, share }: { metres: number; share: number }) {
  const locale = useLocale();
  const t = useTranslations("ui.map");
  const length = percent(share);
  const text =
    metres < 1000
      ? t("metres", { count: formatNumber(metres, locale) })
      : t("kilometres", { count: formatNumber(metres / 1000, locale) });
  return (
    <svg x="12" y="100%" overflow="visible" aria-hidden="true">
      <line x1="0" x2={length} y1="-12" y2="-12" className="stroke-ink" strokeWidth="2" />
      <line x1="0" x2="0" y1="-16" y2="-8" className="stroke-ink" strokeWidth="2" />
      <line x1={length} x2={length} y1="-16" y2="-8" className="stroke-ink" strokeWidth="2" />
      <text x="4" y="-18" className="fill-ink text-sm">
        {text}
      </text>
    </svg>
  );
}

function MapButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="inline-flex size-11 items-center justify-center rounded-smooth border-2 border-primary bg-surface text-link shadow-low hover:bg-sunken"
    >
      <Icon name={icon} />
    </button>
  );
}

/** How wide the map is, in pixels. */
function useWidth() {
  const surface = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(ASSUMED_WIDTH);
  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(entry.contentRect.width);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { surface, width };
}

/** Metres to the last of the nearest few places. */
function metresToNearest(from: Point, places: readonly Place[]): number {
  const metres = places.map((place) => metresBetween(from, place)).sort((a, b) => a - b);
  return metres[Math.min(NEAREST, metres.length) - 1] ?? 0;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}
