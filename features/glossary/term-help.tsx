import { useLocale, useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import { PlainLink } from "@/components/ui/link";
import { getPathname } from "@/lib/language/navigation";
import type { Term } from "./rules";

/** What the terms that a page begins with mean, opened by whoever asks. */
export function TermHelp({ terms }: { terms: readonly Term[] }) {
  const t = useTranslations("glossary");
  const glossary = getPathname({ locale: useLocale(), href: "/glossary" });
  return (
    <div className="mb-6 flex flex-wrap gap-x-6 print:hidden">
      {terms.map((term) => (
        <Disclosure key={term} quiet icon="info" label={t("help", { term: t(`terms.${term}.term`) })}>
          <p className="max-w-text">
            {t(`terms.${term}.text`)} <PlainLink href={`${glossary}#${term}`}>{t("more")}</PlainLink>
          </p>
        </Disclosure>
      ))}
    </div>
  );
}
