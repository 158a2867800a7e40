import { useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/definition-list";
import type { MailMode } from "@/features/notifications/mail-mode-rules";
import type { Audience } from "./audience-queries";

/** How many people would get it now, and of which kinds. */
export function AudienceView({
  audience,
  districts,
  mode,
}: {
  audience: Audience;
  /** For which it is; none where it is for all. */
  districts: readonly number[];
  mode: MailMode;
}) {
  const t = useTranslations("newsletters");
  const { asked, chosen, reached, byLanguage, byDistrict } = audience;
  if (mode === "off") return <p className="max-w-text">{t("noMail")}</p>;
  const people = (count: number) => t("people", { count });
  return (
    <>
      <p className="max-w-text">{t("audienceText")}</p>
      <DefinitionList
        items={[
          { term: t("asked"), description: people(asked) },
          ...(districts.length > 0
            ? [
                {
                  term: t("chosen", { count: districts.length, districts: districts.join(", ") }),
                  description: people(chosen),
                },
              ]
            : []),
          { term: t("unreached"), description: people(chosen - reached) },
          { term: t("reached"), description: <strong>{people(reached)}</strong> },
          { term: t("inItalian"), description: people(byLanguage.it) },
          { term: t("inEnglish"), description: people(byLanguage.en) },
          ...byDistrict.map(({ district, people: count }) => ({
            term: t("follows", { number: district }),
            description: people(count),
          })),
        ]}
      />
    </>
  );
}
