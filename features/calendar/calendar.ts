import ical, { ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { oneLine } from "@/features/notifications/rules";

/** A day that counts, or an instant by which something must have happened. */
export type CalendarDate = {
  /** The same for ever, so that a calendar that is fetched again changes its entry and makes no second one. */
  uid: string;
  title: string;
  text: string;
  /** A day, `YYYY-MM-DD`, which has no time zone; or an instant. */
  when: string | Date;
  /** When what begins then is over; without it an instant is a moment. */
  end?: Date;
  place?: string;
  /** How often it was changed. */
  revision?: number;
  url: string;
  /** It does not take place any more: it stays in the file and says so, for whoever has it in a calendar. */
  isCancelled?: boolean;
};

/** How often a calendar that follows the file asks for it again, in seconds. */
const REFRESH_SECONDS = 6 * 3600;

/**
 * Dates as iCalendar (RFC 5545). Days are dates without an hour, instants are in UTC, so that no table of time zones
 * has to be sent along; nobody is shown as busy by a deadline.
 * @param now when the file is made: `DTSTAMP` of each entry
 */
export function writeCalendar(name: string, dates: readonly CalendarDate[], now: Date): string {
  const calendar = ical({
    // The library escapes texts, but not this one.
    name: oneLine(name).replace(/[\\;,]/g, "\\$&"),
    prodId: { company: "Co-City", product: "Co-City", language: "IT" },
    ttl: REFRESH_SECONDS,
  });
  for (const { uid, title, text, when, end, place, revision, url, isCancelled } of dates) {
    const isDay = typeof when === "string";
    const start = isDay ? new Date(`${when}T00:00:00Z`) : when;
    calendar.createEvent({
      ...{ id: uid, summary: oneLine(title), description: inLines(text), url, stamp: now, start },
      ...(isDay ? { allDay: true } : { end: end ?? start }),
      ...(place && { location: oneLine(place) }),
      ...(revision !== undefined && { sequence: revision }),
      ...(isCancelled && { status: ICalEventStatus.CANCELLED, sequence: revision ?? 1 }),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}

/** Every kind of line end as the one that is escaped: programs that read calendars end lines at others too. */
function inLines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029\v\f]/)
    .map((line) => line.replace(/\p{Cc}/gu, " "))
    .join("\n");
}
