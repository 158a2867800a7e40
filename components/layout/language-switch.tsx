"use client";

import { useParams, useSearchParams } from "next/navigation";
import { useLocale } from "next-intl";
import { getPathname, type Href, usePathname } from "@/lib/language/navigation";
import { type Locale, routing } from "@/lib/language/routing";

const names: Record<Locale, string> = { it: "Italiano", en: "English" };

/** The same page in the other language: a plain address, so that it works before any script does. */
export function LanguageSwitch() {
  const current = useLocale();
  const pathname = usePathname();
  const params = useParams();
  const query = useSearchParams().toString();
  // The hooks give the folder and the parameters of the page that is shown; types cannot know they belong together.
  const href = { pathname, params } as Href;
  return routing.locales
    .filter((locale) => locale !== current)
    .map((locale) => (
      <a
        key={locale}
        href={getPathname({ locale, href }) + (query && `?${query}`)}
        hrefLang={locale}
        lang={locale}
        className="inline-flex min-h-11 items-center px-2 underline-offset-4 hover:underline"
      >
        {names[locale]}
      </a>
    ));
}
