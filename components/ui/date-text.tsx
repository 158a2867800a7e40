import { useLocale } from "next-intl";
import { formatDate, formatDateShort, formatDeadline, formatInstant } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";

/**
 * A day (`YYYY-MM-DD`) or an instant, readable by people and machines. `short` is for narrow columns; `form` is how
 * Italian joins it to the sentence around it.
 */
export function DateText({
  value,
  short,
  form,
}: {
  value: string | Date;
  short?: boolean;
  form?: "From" | "To";
}) {
  const locale = useLocale();
  const machine = typeof value === "string" ? value : value.toISOString();
  const text = short
    ? formatDateShort(value, locale)
    : form
      ? datePhrases("day", value, locale)[`day${form}`]
      : formatDate(value, locale);
  return <time dateTime={machine}>{text}</time>;
}

/** An instant by which something must have happened, with its time of day and the zone it is in. */
export function DeadlineText({ value }: { value: Date }) {
  const locale = useLocale();
  return <time dateTime={value.toISOString()}>{formatDeadline(value, locale)}</time>;
}

/** An instant with its time of day. */
export function InstantText({ value }: { value: Date }) {
  const locale = useLocale();
  return <time dateTime={value.toISOString()}>{formatInstant(value, locale)}</time>;
}
