import type { MetadataRoute } from "next";
import { listMunicipalities } from "@/features/municipalities/queries";
import { env } from "@/lib/env";
import { getPathname, type Href } from "@/lib/language/navigation";
import { routing } from "@/lib/language/routing";

export const dynamic = "force-dynamic";

const sections = [
  "/[municipality]",
  "/[municipality]/commons",
  "/[municipality]/calls",
  "/[municipality]/rounds",
  "/[municipality]/pacts",
  "/[municipality]/funds",
  "/[municipality]/houses",
  "/[municipality]/verify",
] as const;

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const active = (await listMunicipalities()).filter((municipality) => municipality.active);
  const hrefs: Href[] = [
    "/",
    "/how-it-works",
    "/accessibility",
    "/privacy",
    ...active.flatMap(({ slug }) =>
      sections.map((pathname) => ({ pathname, params: { municipality: slug } }) satisfies Href),
    ),
  ];
  return hrefs.map((href) => ({
    url: address(href, routing.defaultLocale),
    alternates: {
      languages: Object.fromEntries(routing.locales.map((locale) => [locale, address(href, locale)])),
    },
  }));
}

function address(href: Href, locale: (typeof routing.locales)[number]): string {
  return env.ORIGIN + getPathname({ locale, href });
}
