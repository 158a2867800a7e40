import { calendarResponse } from "@/features/calendar/calendar-response";
import { calendarOfRecord } from "@/features/calendar/queries";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/calendar/[municipality]/pacts/[pact]">,
): Promise<Response> {
  const { municipality, pact: slug } = await params;
  return calendarResponse(request, municipality, (town, locale) =>
    calendarOfRecord(town, "pacts", slug, locale),
  );
}
