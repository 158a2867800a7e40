import type { Locale } from "./language/routing";

const regions: Record<Locale, string> = { it: "it-IT", en: "en-GB" };
/** Every municipality lies in it: days and hours are read there, wherever server and browser stand. */
export const TIME_ZONE = "Europe/Rome";
const zoneNames: Record<Locale, string> = { it: "ora italiana", en: "Italian time" };

/** Integer euro cents as `12.500,00 €` (Italian) or `€12,500.00` (English). Exact for any size. */
export function formatMoney(cents: number | bigint, locale: Locale): string {
  const exact = BigInt(cents);
  const digits = (exact < 0n ? -exact : exact).toString().padStart(3, "0");
  const decimal = `${exact < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}` as `${number}`;
  return numberFormat(locale, { style: "currency", currency: "EUR" }).format(decimal);
}

/** A whole number with its thousands apart: `1.204`. */
export function formatNumber(value: number | bigint, locale: Locale): string {
  return numberFormat(locale, { maximumFractionDigits: 2 }).format(value);
}

/** Degrees of latitude or longitude, about a metre exact: `45,07030`. */
/** Several things as one says them: `A, B e C`. */
export function formatList(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale).format(items);
}

export function formatCoordinate(degrees: number, locale: Locale): string {
  return numberFormat(locale, { minimumFractionDigits: 5, maximumFractionDigits: 5 }).format(degrees);
}

/** Share of a whole in hundredths of a percent (7640 → `76,4 %`). */
export function formatShare(basisPoints: number, locale: Locale): string {
  return numberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}

/** `22 novembre 2026`. Takes an instant, or a calendar day `YYYY-MM-DD`, which has no time zone. */
export function formatDate(value: Date | string, locale: Locale): string {
  return dateFormat(locale, { dateStyle: "long", timeZone: zoneOf(value) }).format(new Date(value));
}

/** A month `YYYY-MM` as `novembre 2026`. */
export function formatMonth(month: string, locale: Locale): string {
  return dateFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** `22 nov 2026`, for narrow columns. */
export function formatDateShort(value: Date | string, locale: Locale): string {
  return dateFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: zoneOf(value),
  }).format(new Date(value));
}

/** `22 novembre 2026 alle ore 18:00`, in Italian time. */
export function formatInstant(value: Date, locale: Locale): string {
  return dateFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: TIME_ZONE }).format(value);
}

/** The same with the zone named, for what must have happened by then: `22 novembre 2026 alle ore 18:00 (ora italiana)`. */
export function formatDeadline(value: Date, locale: Locale): string {
  return `${formatInstant(value, locale)} (${zoneNames[locale]})`;
}

/** `18:00:05`, in Italian time, for what happened just now. */
export function formatTime(value: Date, locale: Locale): string {
  return dateFormat(locale, { timeStyle: "medium", timeZone: TIME_ZONE }).format(value);
}

export function formatFileSize(bytes: number, locale: Locale): string {
  const [value, unit] =
    bytes >= 1_000_000
      ? [bytes / 1_000_000, "megabyte"]
      : [Math.max(1, Math.round(bytes / 1000)), "kilobyte"];
  return numberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(
    value,
  );
}

export type TimeLeft = { late: boolean; unit: "days" | "hours" | "minutes"; count: number };

/**
 * How far off a deadline is, in the unit a person would say: minutes within the hour, hours within two days,
 * days otherwise. Whole units only, rounded towards less time left and less lateness.
 */
export function timeLeft(until: Date, now: Date): TimeLeft {
  const seconds = Math.trunc((until.getTime() - now.getTime()) / 1000);
  const late = seconds < 0;
  const distance = Math.abs(seconds);
  if (distance < 3600) return { late, unit: "minutes", count: Math.floor(distance / 60) };
  if (distance < 48 * 3600) return { late, unit: "hours", count: Math.floor(distance / 3600) };
  return { late, unit: "days", count: Math.floor(distance / 86_400) };
}

/** Whole days from one calendar day to another, both `YYYY-MM-DD`; negative when `to` is past. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

// Making a formatter costs far more than using one, and a table formats hundreds of cells.
function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format =
    numberFormats.get(key) ?? new Intl.NumberFormat(regions[locale], { useGrouping: "always", ...options });
  numberFormats.set(key, format);
  return format;
}

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(regions[locale], options);
  dateFormats.set(key, format);
  return format;
}

function zoneOf(value: Date | string): string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? "UTC" : TIME_ZONE;
}
