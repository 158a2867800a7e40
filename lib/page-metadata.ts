import "server-only";
import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { env } from "./env";
import { getPathname, type Href } from "./language/navigation";
import { routing } from "./language/routing";

/**
 * Title, description and addresses of a public page: the canonical one of this language, and the other
 * language's. Pages of one person take `{ title, robots: { index: false } }` instead.
 */
export async function pageMetadata(options: {
  /** The page's own address, without what filters it. */
  href: Href;
  title: string;
  description?: string;
}): Promise<Metadata> {
  const { href, title, description } = options;
  const locale = await getLocale();
  const address = (language: (typeof routing.locales)[number]) =>
    env.ORIGIN + getPathname({ locale: language, href });
  const canonical = address(locale);
  return {
    title,
    ...(description && { description }),
    alternates: {
      canonical,
      languages: {
        ...Object.fromEntries(routing.locales.map((language) => [language, address(language)])),
        "x-default": address(routing.defaultLocale),
      },
    },
    openGraph: {
      siteName: "Co-City",
      type: "website",
      locale: locale === "it" ? "it_IT" : "en_GB",
      url: canonical,
      title,
      ...(description && { description }),
      images: [{ url: "/share.png", width: 1200, height: 630, alt: "Co-City" }],
    },
  };
}
