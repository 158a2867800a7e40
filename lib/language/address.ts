import "server-only";
import { env } from "@/lib/env";
import { getPathname, type Href } from "./navigation";
import type { Locale } from "./routing";

/** The whole address of a page, for whoever is not on this site: search engines, calendars, files, other devices. */
export function addressOf(locale: Locale, href: Href): string {
  return env.ORIGIN + getPathname({ locale, href });
}
