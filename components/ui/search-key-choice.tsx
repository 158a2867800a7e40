"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const KEY = "search-key";

/** A key that does something by itself can be turned off (WCAG 2.1.4): who dictates says a slash by accident. */
export function isSearchKeyOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

/** Whether the key `/` goes to the search, chosen for this browser. Without a script there is no such key. */
export function SearchKeyChoice() {
  const t = useTranslations("ui.searchKey");
  const [on, setOn] = useState<boolean>();
  useEffect(() => setOn(isSearchKeyOn()), []);
  if (on === undefined) return null;
  return (
    <label className="pointer-coarse:hidden inline-flex min-h-11 items-center gap-3 text-base print:hidden">
      <input
        type="checkbox"
        checked={on}
        onChange={({ currentTarget: { checked } }) => {
          setOn(checked);
          try {
            localStorage.setItem(KEY, checked ? "on" : "off");
          } catch {
            // A browser that keeps nothing forgets the choice with the page.
          }
        }}
        className="size-6 accent-primary"
      />
      {t("label")}
    </label>
  );
}
