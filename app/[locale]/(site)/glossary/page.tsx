import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { terms } from "@/features/glossary/rules";
import { pageMetadata } from "@/lib/page-metadata";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("glossary");
  return pageMetadata({ href: "/glossary", title: t("title"), description: t("lead") });
}

/** The terms of the field and of the law in plain words, each with an address of its own. */
export default async function GlossaryPage() {
  const [t, locale] = await Promise.all([getTranslations("glossary"), getLocale()]);
  const words = terms
    .map((id) => ({ id, term: t(`terms.${id}.term`), text: t(`terms.${id}.text`) }))
    .sort((a, b) => a.term.localeCompare(b.term, locale));
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <dl className="max-w-text divide-y divide-line border-line border-y">
        {words.map(({ id, term, text }) => (
          <div key={id} id={id} className="scroll-mt-4 py-4 target:bg-sunken">
            <dt className="font-semibold text-md">{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
