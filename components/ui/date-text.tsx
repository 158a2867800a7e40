import { useLocale } from "next-intl";
import { formatDate, formatDateShort, formatInstant } from "@/lib/format";

/** A day (`YYYY-MM-DD`) or an instant, readable by people and machines. `short` is for narrow columns. */
export function DateText({ value, short }: { value: string | Date; short?: boolean }) {
  const locale = useLocale();
  const machine = typeof value === "string" ? value : value.toISOString();
  return <time dateTime={machine}>{short ? formatDateShort(value, locale) : formatDate(value, locale)}</time>;
}

/** An instant with its time of day. */
export function InstantText({ value }: { value: Date }) {
  const locale = useLocale();
  return <time dateTime={value.toISOString()}>{formatInstant(value, locale)}</time>;
}
