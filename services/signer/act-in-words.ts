/** An act in the site's own words, made here from the bytes that are signed: the signer knows no name that they do not hold. */
import { createTranslator } from "use-intl/core";
import { actInWords as inWords, type Words } from "@/features/acts/words";
import { formatDate } from "@/lib/format";
import en from "@/messages/en.json";
import it from "@/messages/it.json";
import type { PageLanguage } from "../trial-page";

/** @throws {RuleError} `act_malformed` */
export function actInWords(
  text: string,
  language: PageLanguage,
): { title: string; role: string; expiresOn: string; rows: [label: string, value: string][] } {
  const words = wordsIn[language];
  const { title, role, rows, expiresOn } = inWords(text, words, language);
  return {
    title,
    role: words(`roles.${role}`),
    expiresOn: formatDate(expiresOn, language),
    rows: rows.map(({ label, value }) => [label, value]),
  };
}

const wordsIn: Readonly<Record<PageLanguage, Words>> = {
  it: createTranslator({ locale: "it", messages: it }) as unknown as Words,
  en: createTranslator({ locale: "en", messages: en }) as unknown as Words,
};
