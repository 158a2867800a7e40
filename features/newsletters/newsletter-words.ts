import type { Locale } from "@/lib/language/routing";

/** Title and text in one of the two languages. */
export function wordsIn(
  locale: Locale,
  newsletter: { titleIt: string; titleEn: string; textIt: string; textEn: string },
): { title: string; text: string } {
  const { titleIt, titleEn, textIt, textEn } = newsletter;
  return locale === "en" ? { title: titleEn, text: textEn } : { title: titleIt, text: textIt };
}
