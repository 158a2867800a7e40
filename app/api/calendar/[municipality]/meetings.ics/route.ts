import { calendarResponse } from "@/features/calendar/calendar-response";
import { calendarOfMeetings } from "@/features/calendar/queries";

/** Every meeting of a municipality: a calendar subscribes to it. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/calendar/[municipality]/meetings.ics">,
): Promise<Response> {
  return calendarResponse(request, (await params).municipality, (town, locale) =>
    calendarOfMeetings(town, locale),
  );
}
