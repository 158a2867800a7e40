import { calendarResponse } from "@/features/calendar/calendar-response";
import { calendarOfRecord } from "@/features/calendar/queries";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/calendar/[municipality]/rounds/[round]">,
): Promise<Response> {
  const { municipality, round: slug } = await params;
  return calendarResponse(request, municipality, (town, locale) =>
    calendarOfRecord(town, "rounds", slug, locale),
  );
}
