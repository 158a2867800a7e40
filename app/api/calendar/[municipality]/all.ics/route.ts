import { calendarResponse } from "@/features/calendar/calendar-response";
import { calendarOf } from "@/features/calendar/queries";

/** Every date of a municipality: a calendar subscribes to it. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/calendar/[municipality]/all.ics">,
): Promise<Response> {
  return calendarResponse(request, (await params).municipality, calendarOf);
}
