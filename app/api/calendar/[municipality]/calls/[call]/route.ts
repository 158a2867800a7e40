import { calendarResponse } from "@/features/calendar/calendar-response";
import { calendarOfRecord } from "@/features/calendar/queries";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/calendar/[municipality]/calls/[call]">,
): Promise<Response> {
  const { municipality, call: slug } = await params;
  return calendarResponse(request, municipality, (town, locale) =>
    calendarOfRecord(town, "calls", slug, locale),
  );
}
