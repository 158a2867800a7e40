/** Time as clocks in Italy show it. The only place where a wall clock becomes an instant, or an instant a day. */
import { Temporal } from "temporal-polyfill";
import { TIME_ZONE } from "./format";

export type WallClockProblem = "date_invalid" | "hour_skipped";

/**
 * The instant at which clocks in Italy show `wall`, as `datetime-local` gives it (`YYYY-MM-DDTHH:mm`, seconds where
 * there are any). An hour that comes twice is its first one.
 * @returns the code of a sentence for what is no time, and for an hour that summer time leaves out
 */
export function instantAt(wall: string): Date | WallClockProblem {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/.test(wall)) return "date_invalid";
  let plain: Temporal.PlainDateTime;
  try {
    plain = Temporal.PlainDateTime.from(wall, { overflow: "reject" });
  } catch {
    return "date_invalid";
  }
  const zoned = plain.toZonedDateTime(TIME_ZONE, { disambiguation: "earlier" });
  if (!zoned.toPlainDateTime().equals(plain)) return "hour_skipped";
  return new Date(zoned.epochMilliseconds);
}

/** What clocks in Italy show, for a `datetime-local` field; `instantAt` reads it back. */
export function wallClock(instant: Date): string {
  const plain = zoned(instant).toPlainDateTime();
  const whole = plain.second === 0 && plain.millisecond === 0;
  return plain.toString(whole ? { smallestUnit: "minute" } : {});
}

/** The calendar day in Italy, `YYYY-MM-DD`. */
export function dayInItaly(instant: Date): string {
  return zoned(instant).toPlainDate().toString();
}

/** Today's calendar day in Italy, `YYYY-MM-DD`. */
export function todayInItaly(): string {
  return dayInItaly(new Date());
}

function zoned(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(TIME_ZONE);
}
