import type { MetadataRoute } from "next";
import { env } from "@/lib/env";

export const dynamic = "force-dynamic";

export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: "*",
      allow: "/api/open-data/",
      disallow: ["/api/", "/trial-id/", "/*/mio", "/en/*/mine", "/*/ufficio", "/en/*/office", "/*/proponi/"],
    },
    sitemap: `${env.ORIGIN}/sitemap.xml`,
  };
}
