/** `1234.5`, `-0.10` or `1234,50` as euro cents; undefined for anything else, also for a third decimal. */
export function centsOf(text: string, point: "." | "," = "."): number | undefined {
  const match = (
    point === "." ? /^([+-]?)(\d{1,13})(?:\.(\d{0,2}))?$/ : /^([+-]?)(\d{1,13})(?:,(\d{0,2}))?$/
  ).exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", part = ""] = match;
  const cents = Number(whole + part.padEnd(2, "0"));
  if (!Number.isSafeInteger(cents)) return undefined;
  return sign === "-" && cents !== 0 ? -cents : cents;
}
