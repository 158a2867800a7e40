import { calendarResponse } from "@/features/calendar/calendar-response";
import { calendarOfMeetings } from "@/features/calendar/queries";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/calendar/[municipality]/meetings/[meeting]">,
): Promise<Response> {
  const { municipality, meeting } = await params;
  return calendarResponse(request, municipality, (town, locale) => calendarOfMeetings(town, locale, meeting));
}
