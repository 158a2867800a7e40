import type { $ZodIssue, $ZodRawIssue } from "zod/v4/core";
import { formatMoney } from "./format";
import type { Locale } from "./language/routing";
import { datePhrases, deadlinePhrases } from "./phrases";

type Params = Readonly<Record<string, string | number>>;

/** What `useTranslations("errors")` and `getTranslations("errors")` give, for codes known at run time only. */
export type ErrorTranslator = { (code: string, values?: Params): string; has(code: string): boolean };

/** The sentence of `messages/*.json` for a code, wherever it comes from: a form, a service, the chaincode. */
export function errorSentence(t: ErrorTranslator, locale: Locale, code: string, params: Params = {}): string {
  return t.has(code) ? t(code, readable(params, locale)) : t("unexpected", { id: code });
}

/** `limitCents` becomes `limit`, as money; days become dates. */
function readable(params: Params, locale: Locale): Params {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      if (name.endsWith("Cents"))
        return [[name.slice(0, -"Cents".length), formatMoney(Number(value), locale)]];
      if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value))
        return Object.entries(datePhrases(name, value, locale));
      // A sentence has one place for when, whether the rule is about a day or an hour.
      if (name === "instant") return Object.entries(deadlinePhrases("day", new Date(value), locale));
      return [[name, value]];
    }),
  );
}

/** The code for what a schema finds wrong, unless the schema names one itself (`{ error: "dates_out_of_order" }`). */
export function issueCode(issue: $ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "required" : "not_valid";
    case "too_small":
      if (issue.origin === "string" || issue.origin === "array")
        return Number(issue.minimum) <= 1 ? "required" : `too_short_${issue.origin}`;
      return "too_small";
    case "too_big":
      return issue.origin === "string" || issue.origin === "array" ? `too_long_${issue.origin}` : "too_large";
    case "invalid_format":
      return issue.format === "email" || issue.format === "date" || issue.format === "url"
        ? `not_${issue.format}`
        : "not_valid";
    case "invalid_value":
      return "not_a_choice";
    default:
      return "not_valid";
  }
}

/** What fills the sentence of an issue. */
export function issueParams(issue: $ZodIssue): Params {
  if (issue.code === "too_small") return { min: Number(issue.minimum) };
  if (issue.code === "too_big") return { max: Number(issue.maximum) };
  const given = issue.code === "custom" ? issue.params : undefined;
  return Object.fromEntries(
    Object.entries(given ?? {}).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === "string" || typeof entry[1] === "number",
    ),
  );
}
