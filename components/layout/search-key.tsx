"use client";

import { useEffect } from "react";
import { isSearchKeyOn } from "@/components/ui/search-key-choice";

/** The key `/` goes to the field, except where somebody writes, or has turned it off. */
export function SearchKey({ field }: { field: string }) {
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      if (
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, [contenteditable]")
      )
        return;
      if (!isSearchKeyOn()) return;
      const input = document.getElementById(field);
      if (!input) return;
      event.preventDefault();
      input.focus();
    };
    document.addEventListener("keydown", go);
    return () => document.removeEventListener("keydown", go);
  }, [field]);
  return null;
}
