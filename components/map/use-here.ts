"use client";

import { useState } from "react";
import type { Point } from "./schematic/frame";

export type LocationProblem = "refused" | "unknown";

const PATIENCE_MS = 15_000;
/** A position of a few minutes ago is as good. */
const OLDEST_MS = 300_000;

/** Where the reader is, asked of the browser when they want it. It stays in the page. */
export function useHere(): {
  here: Point | undefined;
  problem: LocationProblem | undefined;
  ask: () => void;
} {
  const [here, setHere] = useState<Point>();
  const [problem, setProblem] = useState<LocationProblem>();
  const ask = () => {
    setProblem(undefined);
    if (!("geolocation" in navigator)) return setProblem("unknown");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setHere({ lat: coords.latitude, lon: coords.longitude }),
      ({ code, PERMISSION_DENIED }) => setProblem(code === PERMISSION_DENIED ? "refused" : "unknown"),
      { timeout: PATIENCE_MS, maximumAge: OLDEST_MS },
    );
  };
  return { here, problem, ask };
}
