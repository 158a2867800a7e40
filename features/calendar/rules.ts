import type { CalendarDate } from "./calendar";

/** Of more dates than are told those nearest to a moment; in the order in which they come. */
export function nearest<T extends Pick<CalendarDate, "when" | "uid">>(
  dates: readonly T[],
  now: Date,
  most: number,
): T[] {
  const away = (date: T) => Math.abs(timeOf(date) - now.getTime());
  return dates
    .toSorted((a, b) => away(a) - away(b) || compare(a, b))
    .slice(0, most)
    .sort((a, b) => timeOf(a) - timeOf(b) || compare(a, b));
}

function timeOf({ when }: Pick<CalendarDate, "when">): number {
  return typeof when === "string" ? Date.parse(when) : when.getTime();
}

function compare(a: { uid: string }, b: { uid: string }): number {
  return a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0;
}
