"use client";

import { useSelectedLayoutSegments } from "next/navigation";
import type { ReactNode } from "react";

/** Chooses by the page that is shown, which the layout around it is not drawn anew for. */
export function SectionPlace({ first, belowMine }: { first: ReactNode; belowMine: ReactNode }) {
  const [section, below, ...more] = useSelectedLayoutSegments();
  if (section === undefined) return null;
  if (section === "mine" && below && more.length === 0) return belowMine;
  const isUnknown = section.includes("/");
  return below && !isUnknown ? null : first;
}
