import { defineRouting } from "next-intl/routing";
import { pathnames } from "./pathnames";

/**
 * The address alone decides the language: Italian without a prefix, English under `/en`.
 * Nothing is guessed from the browser, so that a link means the same page for whoever opens it.
 */
export const routing = defineRouting({
  locales: ["it", "en"],
  defaultLocale: "it",
  localePrefix: "as-needed",
  localeDetection: false,
  localeCookie: false,
  alternateLinks: false,
  pathnames,
});

export type Locale = (typeof routing.locales)[number];
export type Page = keyof typeof pathnames;
