import type { MetadataRoute } from "next";
import { listMunicipalities } from "@/features/municipalities/queries";
import { addressOf } from "@/lib/language/address";
import type { Href } from "@/lib/language/navigation";
import { routing } from "@/lib/language/routing";

export const dynamic = "force-dynamic";

const sections = [
  "/[municipality]",
  "/[municipality]/commons",
  "/[municipality]/calls",
  "/[municipality]/rounds",
  "/[municipality]/pacts",
  "/[municipality]/funds",
  "/[municipality]/grants",
  "/[municipality]/open-data",
  "/[municipality]/houses",
  "/[municipality]/verify",
  "/[municipality]/newsletters",
  "/[municipality]/legal-notes",
] as const;

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const active = (await listMunicipalities()).filter((municipality) => municipality.active);
  const hrefs: Href[] = [
    "/",
    "/how-it-works",
    "/glossary",
    "/accessibility",
    "/privacy",
    ...active.flatMap(({ slug }) =>
      sections.map((pathname) => ({ pathname, params: { municipality: slug } }) satisfies Href),
    ),
  ];
  return hrefs.map((href) => ({
    url: addressOf(routing.defaultLocale, href),
    alternates: {
      languages: Object.fromEntries(routing.locales.map((locale) => [locale, addressOf(locale, href)])),
    },
  }));
}
