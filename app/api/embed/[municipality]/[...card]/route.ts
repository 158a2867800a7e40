import { createHash } from "node:crypto";
import { cardHeaders, cardMarkup, cardPage } from "@/features/embed/card";
import { cardPath } from "@/features/embed/paths";
import { cardOf } from "@/features/embed/queries";
import { municipalityBySlug } from "@/features/municipalities/queries";

/** A card for other sites: `commons/SLUG`, `rounds/SLUG` or `money`, in the language that `lingua` asks for. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/embed/[municipality]/[...card]">,
): Promise<Response> {
  const { municipality: town, card: path } = await params;
  const asked = cardPath(path);
  const municipality = asked && (await municipalityBySlug(town));
  const address = new URL(request.url).searchParams;
  const locale = address.get("lingua") === "en" ? "en" : "it";
  const card = municipality && (await cardOf(municipality, asked.subject, asked.slug, locale));
  if (!card) return new Response(null, { status: 404 });
  const bare = address.get("forma") === "frammento";
  const body = bare ? cardMarkup(card, locale) : cardPage(card, locale);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = { ...cardHeaders, etag, "access-control-allow-origin": "*" };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}
