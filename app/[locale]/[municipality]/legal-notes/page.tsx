import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LegalText } from "@/components/layout/legal-text";
import { PageHeading } from "@/components/layout/page-heading";
import { requireMunicipality } from "@/features/municipalities/queries";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/legal-notes">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("legalNotes");
  return pageMetadata({
    href: { pathname: "/[municipality]/legal-notes", params: { municipality: slug } },
    title: t("title"),
    description: t("lead"),
  });
}

/** Who answers for what is published, and under which licence it may be used again. */
export default async function LegalNotesPage({ params }: Props) {
  const { name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("legalNotes");
  return (
    <div data-element="legal-notes-section">
      <PageHeading title={t("title")} lead={t("lead")} />
      <LegalText
        sections={(["licence", "authors", "software", "ledger"] as const).map((section) => ({
          title: t(`${section}.title`),
          text: t(`${section}.text`, { name }),
        }))}
      />
    </div>
  );
}
