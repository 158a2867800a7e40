import { municipalityBySlug } from "@/features/municipalities/queries";
import { newsOf } from "@/features/notifications/feed-queries";
import { feedSchema } from "@/features/notifications/schema";
import { env } from "@/lib/env";
import { atomFeed } from "@/lib/export/atom";
import { rssFeed } from "@/lib/export/rss";
import { pathOf } from "@/lib/language/path";

/**
 * What has happened, as Atom or RSS (`formato`): all of it, of one kind or the newsletters alone (`tipo`) or of one commons
 * (`bene`, its id), in one language (`lingua`).
 */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/feeds/[municipality]">,
): Promise<Response> {
  const municipality = await municipalityBySlug((await params).municipality);
  if (!municipality) return new Response(null, { status: 404 });
  const { search, searchParams } = new URL(request.url);
  const asked = feedSchema.parse(Object.fromEntries(searchParams));
  const { lingua: locale, tipo: kind, bene: commons, formato } = asked;
  const { slug, name } = municipality;
  const self = `${env.ORIGIN}/api/feeds/${slug}${search.slice(0, 300)}`;
  const entries = await newsOf(municipality, locale, { kind, commons });
  const feed = (formato === "rss" ? rssFeed : atomFeed)(
    {
      ...{ id: self, title: `Co-City ${name}`, author: `Comune di ${name}`, language: locale, self },
      page: env.ORIGIN + pathOf(locale, "/[municipality]", { municipality: slug }),
      // Readers ask for a date: of a feed without entries it never seems new.
      updated: entries[0]?.time ?? new Date(0),
    },
    entries,
  );
  return new Response(feed, {
    headers: {
      "content-type": `application/${formato}+xml; charset=utf-8`,
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
    },
  });
}
