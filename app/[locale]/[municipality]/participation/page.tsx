import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { PrintButton } from "@/components/ui/print-button";
import { requireMunicipality } from "@/features/municipalities/queries";
import { ParticipationTables } from "@/features/statistics/participation-tables";
import { participationIn } from "@/features/statistics/queries";
import { LEAST } from "@/features/statistics/suppression";
import { currentViewer } from "@/lib/auth";
import { pageMetadata } from "@/lib/page-metadata";
import { can } from "@/lib/permissions";
import { placePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/participation">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, slug } = await requireMunicipality((await params).municipality);
  const [t, locale] = await Promise.all([getTranslations("participation"), getLocale()]);
  return pageMetadata({
    href: { pathname: "/[municipality]/participation", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("lead", placePhrases("municipality", name, locale)),
  });
}

/** How many take part, where and in which votes; small numbers of people for those who administer the site alone. */
export default async function ParticipationPage({ params }: Props) {
  const { slug, istatCode, name } = await requireMunicipality((await params).municipality);
  const [t, locale, viewer] = await Promise.all([
    getTranslations("participation"),
    getLocale(),
    currentViewer(),
  ]);
  const exact = viewer !== undefined && can(viewer, istatCode, "site:manage");
  const numbers = await participationIn(istatCode, exact);
  const isEmpty = numbers.years.length === 0 && numbers.rounds.length === 0;
  return (
    <>
      <PageHeading
        title={t("title")}
        lead={t("lead", placePhrases("municipality", name, locale))}
        actions={<PrintButton />}
      />
      {isEmpty ? (
        <EmptyState icon="person" title={t("none")}>
          {t("noneText")}
        </EmptyState>
      ) : (
        <div className="space-y-10">
          <p className="max-w-text">{t(exact ? "exact" : "withheld", { least: LEAST })}</p>
          <ParticipationTables municipality={slug} numbers={numbers} />
        </div>
      )}
    </>
  );
}
