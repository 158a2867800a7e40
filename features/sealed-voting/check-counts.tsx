import { getLocale, getTranslations } from "next-intl/server";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatNumber } from "@/lib/format";
import { checkCountsOf } from "./checks-queries";

/** How many checks were made after the closing, and how many found something wrong. */
export async function CheckCounts({ municipality, round }: { municipality: string; round: string }) {
  const [t, locale, { made, absent, void: voided, differs }] = await Promise.all([
    getTranslations("sealedPages.checkCounts"),
    getLocale(),
    checkCountsOf(municipality, round),
  ]);
  const number = (value: number) => formatNumber(value, locale);
  return (
    <section className="space-y-3">
      <h2>{t("title")}</h2>
      <DefinitionList
        items={[
          { term: t("made"), description: number(made) },
          { term: t("absent"), description: number(absent) },
          { term: t("void"), description: number(voided) },
          { term: t("differs"), description: number(differs) },
        ]}
      />
      <p className="max-w-text">{t("note")}</p>
    </section>
  );
}
