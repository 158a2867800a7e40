import ical, { ICalEventStatus } from "ical-generator";
import type { HouseEventView } from "./queries";

/** How often a calendar that follows the file asks for it again, in seconds. */
const REFRESH_SECONDS = 6 * 3600;

/**
 * Events of a house as iCalendar (RFC 5545), in UTC, so that no table of time zones has to be sent along. One that was
 * cancelled stays in it as cancelled.
 * @param now when the file is made
 */
export function eventsFile(
  house: { id: string; municipality: string; name: string; address: string; url: string },
  events: readonly HouseEventView[],
  now: Date,
): string {
  const calendar = ical({
    name: house.name,
    prodId: { company: "Co-City", product: "Co-City", language: "IT" },
    ttl: REFRESH_SECONDS,
  });
  for (const { id, title, text, place, startsAt, endsAt, cancelledAt } of events)
    calendar.createEvent({
      ...{ id: `house-event-${id}@${house.municipality}`, summary: title, description: text },
      ...{ start: startsAt, end: endsAt, stamp: now, url: house.url },
      location: place || `${house.name}, ${house.address}`,
      status: cancelledAt ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      sequence: cancelledAt ? 1 : 0,
    });
  return calendar.toString();
}
