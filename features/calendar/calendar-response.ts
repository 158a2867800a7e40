import "server-only";
import { getTranslations } from "next-intl/server";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { attachmentHeader } from "@/lib/attachment-header";
import type { Locale } from "@/lib/language/routing";
import { placePhrases } from "@/lib/phrases";
import { type CalendarDate, writeCalendar } from "./calendar";

type Town = { istatCode: string; slug: string };
type Dates = (municipality: Town, locale: Locale) => Promise<CalendarDate[] | undefined>;

/** Dates as a file that calendars open or subscribe to, in the language that `lingua` asks for. */
export async function calendarResponse(request: Request, slug: string, dates: Dates): Promise<Response> {
  const municipality = await municipalityBySlug(slug);
  const locale = new URL(request.url).searchParams.get("lingua") === "en" ? "en" : "it";
  const found = municipality && (await dates(municipality, locale));
  if (!municipality || !found) return new Response(null, { status: 404 });
  const t = await getTranslations({ locale, namespace: "calendar" });
  const name = t("name", placePhrases("name", municipality.name, locale));
  return new Response(writeCalendar(name, found, new Date()), {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": attachmentHeader(`co-city-${municipality.slug}.ics`),
      "cache-control": "public, max-age=900",
    },
  });
}
