import "server-only";
import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { env } from "./env";
import { addressOf } from "./language/address";
import type { Href } from "./language/navigation";
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
  /** The photograph that other sites show of a link to it, where there is one. */
  picture?: SharedPicture | undefined;
}): Promise<Metadata> {
  const { href, title, description, picture } = options;
  const locale = await getLocale();
  const canonical = addressOf(locale, href);
  return {
    title,
    ...(description && { description }),
    alternates: {
      canonical,
      languages: {
        ...Object.fromEntries(routing.locales.map((language) => [language, addressOf(language, href)])),
        "x-default": addressOf(routing.defaultLocale, href),
      },
    },
    openGraph: {
      siteName: "Co-City",
      type: "website",
      locale: locale === "it" ? "it_IT" : "en_GB",
      url: canonical,
      title,
      ...(description && { description }),
      images: [sharedImage(picture)],
    },
  };
}

/** A picture by the files it has, and the municipality's part of their address. */
export type SharedPicture = { path: string; width: number; height: number; alt: string };

function sharedImage(picture: SharedPicture | undefined) {
  if (!picture) return { url: "/share.png", width: 1200, height: 630, alt: "Co-City" };
  const { path, width, height, alt } = picture;
  return { url: env.ORIGIN + path, width, height, alt };
}
