import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import { env } from "@/lib/env";
import { pathOf } from "@/lib/language/path";
import { datePhrases } from "@/lib/phrases";
import { type PactContent, type PartyText, sections } from "./content";
import type { PactDocument } from "./pdf";

export type PactWords = {
  slug: string;
  title: string;
  form: string;
  startsOn: string;
  endsOn: string;
  content: unknown;
  parties: unknown;
};

/** How a pact is worded in its PDF, in the language of who issues it. */
export async function pactDocument(municipality: {
  name: string;
  slug: string;
}): Promise<(pact: PactWords, version: number) => PactDocument> {
  const [t, locale] = await Promise.all([getTranslations("pacts"), getLocale()]);
  return (pact, version) => {
    const content = pact.content as PactContent;
    const term = t("document.term", {
      ...datePhrases("from", pact.startsOn, locale),
      ...datePhrases("to", pact.endsOn, locale),
    });
    return {
      ...{ municipality: municipality.name, title: pact.title, version, language: locale },
      page: {
        words: t("document.page"),
        address:
          env.ORIGIN +
          pathOf(locale, "/[municipality]/pacts/[pact]", {
            municipality: municipality.slug,
            pact: pact.slug,
          }),
      },
      facts: [t(`forms.${pact.form as "ordinary"}`), t("document.version", { version }), term],
      parties: { heading: t("parties"), names: (pact.parties as PartyText[]).map(({ name }) => name) },
      sections: sections.flatMap((section) => {
        const text = content[section]?.trim();
        return text ? [{ heading: t(`sections.${section}`), text }] : [];
      }),
      footer: t("document.footer", { title: pact.title, version }),
    };
  };
}
