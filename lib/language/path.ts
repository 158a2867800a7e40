/** Addresses of pages for programs that run without Next. */
import { pathnames } from "./pathnames";
import type { Locale, Page } from "./routing";

/** The path of a page, as `getPathname` gives it to the site. */
export function pathOf(
  locale: Locale,
  page: Page,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string>> = {},
): string {
  const given = pathnames[page];
  const template = typeof given === "string" ? given : given[locale];
  const path = template.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : "";
  return `${locale === "en" ? "/en" : ""}${path === "/" && locale === "en" ? "" : path}${search}`;
}
