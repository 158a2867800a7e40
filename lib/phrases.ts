/**
 * Dates, hours and places as sentences need them. Italian joins article and preposition to the word that follows
 * (*dall’8 gennaio*, *ad Agliè*), so a message never writes the article before a value: it takes the finished phrase.
 */
import { formatDate, formatDeadline, formatTime } from "./format";
import type { Locale } from "./language/routing";

/**
 * The forms of one value: bare, and in Italian with the article after no preposition (`The`: il, l’), after *a*
 * (`To`: al, all’), *da* (`From`: dal, dall’) and *di* (`Of`: del, dell’). In English all are the bare one.
 */
type Forms<Name extends string> = Record<Name | `${Name}${"The" | "To" | "From" | "Of"}`, string>;

/** `datePhrases("day", "2027-01-08", "it")`: `day` is «8 gennaio 2027», `dayTo` «all’8 gennaio 2027» … */
export function datePhrases<Name extends string>(
  name: Name,
  value: Date | string,
  locale: Locale,
): Forms<Name> {
  return withArticles(name, formatDate(value, locale), locale);
}

/** The same for an instant by which something must have happened, with its hour and the zone it is in. */
export function deadlinePhrases<Name extends string>(name: Name, value: Date, locale: Locale): Forms<Name> {
  return withArticles(name, formatDeadline(value, locale), locale);
}

/** `timeTo` is «alle 18:00:05», at one o’clock «all’1:00:05»; English «at» stands in its message. */
export function timePhrases<Name extends string>(
  name: Name,
  value: Date,
  locale: Locale,
): Record<Name | `${Name}To`, string> {
  const time = formatTime(value, locale);
  const to = time.startsWith("01") ? `all’${time.slice(1)}` : `alle ${time}`;
  return { [name]: time, [`${name}To`]: locale === "it" ? to : time } as Record<Name | `${Name}To`, string>;
}

/** `nameTo` is «a Torino», «ad Agliè»: *a* takes its d before the same vowel. In English «in» stands in its message. */
export function placePhrases<Name extends string>(
  name: Name,
  place: string,
  locale: Locale,
): Record<Name | `${Name}To`, string> {
  const sameVowel = /^a(?!d)/i.test(place.normalize("NFD"));
  const to = locale === "it" ? `${sameVowel ? "ad" : "a"} ${place}` : place;
  return { [name]: place, [`${name}To`]: to } as Record<Name | `${Name}To`, string>;
}

function withArticles<Name extends string>(name: Name, date: string, locale: Locale): Forms<Name> {
  const joined = (whole: string, elided: string) =>
    locale !== "it" ? date : startsWithVowel(date) ? `${elided}${date}` : `${whole} ${date}`;
  return {
    [name]: date,
    [`${name}The`]: joined("il", "l’"),
    [`${name}To`]: joined("al", "all’"),
    [`${name}From`]: joined("dal", "dall’"),
    [`${name}Of`]: joined("del", "dell’"),
  } as Forms<Name>;
}

/** Of the days of a month only otto and undici do; the first is *il primo*, also where it is written 1. */
function startsWithVowel(date: string): boolean {
  return /^(8|11)\b/.test(date);
}
