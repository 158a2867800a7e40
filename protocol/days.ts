/** Calendar days as ISO texts, compared as texts; arithmetic in whole days, without clock or locale. */

const MS_A_DAY = 86_400_000;
const MS_AN_HOUR = 3_600_000;

/** The day `count` days after `day`. */
export function addDays(day: string, count: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + count * MS_A_DAY);
}

/**
 * The same day `count` years later, as a text to compare with: after 29 February it may be a day that does not
 * exist, which still sorts between 28 February and 1 March.
 */
export function addYears(day: string, count: number): string {
  return `${String(Number(day.slice(0, 4)) + count).padStart(4, "0")}${day.slice(4)}`;
}

/** Milliseconds since 1970 of an ISO instant. */
export function instantMs(instant: string): number {
  return Date.parse(instant);
}

/**
 * The day on Italian clocks at an instant (milliseconds since 1970): one hour ahead of UTC, two from the last
 * Sunday of March to the last Sunday of October, changing at 01:00 UTC (Directive 2000/84/EC).
 */
export function legalDay(ms: number): string {
  const year = Number(dayOf(ms).slice(0, 4));
  const summer = ms >= lastSunday(year, 2) + MS_AN_HOUR && ms < lastSunday(year, 9) + MS_AN_HOUR;
  return dayOf(ms + (summer ? 2 : 1) * MS_AN_HOUR);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Midnight UTC of the last Sunday of March (2) or October (9), both of which have 31 days. */
function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 31);
  return last - new Date(last).getUTCDay() * MS_A_DAY;
}
