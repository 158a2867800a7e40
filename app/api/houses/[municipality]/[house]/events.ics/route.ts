import { eventsFile } from "@/features/houses/events-file";
import { calendarEvents } from "@/features/houses/queries";
import { houseBySlug } from "@/features/municipalities/house-queries";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { attachmentHeader } from "@/lib/attachment-header";
import { addressOf } from "@/lib/language/address";

/** The events of a house, for calendars that follow them. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/houses/[municipality]/[house]/events.ics">,
): Promise<Response> {
  const { municipality: path, house: slug } = await params;
  const municipality = await municipalityBySlug(path);
  const house = municipality && (await houseBySlug(municipality.istatCode, slug));
  if (!municipality || !house) return new Response(null, { status: 404 });
  const { istatCode } = municipality;
  const locale = new URL(request.url).searchParams.get("lingua") === "en" ? "en" : "it";
  const url = addressOf(locale, {
    pathname: "/[municipality]/houses/[house]",
    params: { municipality: municipality.slug, house: house.slug },
  });
  const { id, name, address } = house;
  const events = await calendarEvents(istatCode, id);
  return new Response(eventsFile({ id, municipality: istatCode, name, address, url }, events, new Date()), {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": attachmentHeader(`${house.slug}.ics`),
      "cache-control": "public, max-age=900",
    },
  });
}
