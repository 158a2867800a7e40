/**
 * Reads an amount in euro as a person types it into integer cents. Thousands are grouped as the language does
 * (`12.500,00` in Italian, `12,500.00` in English); without groups either separator may stand before the cents.
 * Returns `undefined` for anything else: fractions of a cent, a minus, letters, groups of another language.
 */
export function parseEuro(typed: string, locale: "it" | "en"): bigint | undefined {
  const text = typed.replace(/[€\s\u00a0\u202f']/g, "");
  const plain = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(text);
  const match = plain ?? grouped[locale].exec(text);
  if (!match?.[1]) return undefined;
  const euros = match[1].replace(/[.,]/g, "");
  return BigInt(euros) * 100n + BigInt((match[2] ?? "").padEnd(2, "0"));
}

/** Integer cents as a person would type them: `12.500,00` in Italian. `parseEuro` reads it back. */
export function typedEuro(cents: bigint, locale: "it" | "en"): string {
  const [thousands, decimals] = locale === "it" ? [".", ","] : [",", "."];
  const euros = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${euros}${decimals}${(cents % 100n).toString().padStart(2, "0")}`;
}

const grouped = {
  it: /^(\d{1,3}(?:\.\d{3}){1,3})(?:,(\d{1,2}))?$/,
  en: /^(\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,2}))?$/,
};
