import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar, FilterDay } from "@/components/ui/filter-bar";
import { PlainLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { FeedbackReport } from "@/features/feedback/feedback-report";
import { feedbackOf } from "@/features/feedback/queries";
import { type Period, periodIn } from "@/features/feedback/schema";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { errorSentences } from "@/lib/error-sentences";
import { ExpectedError } from "@/lib/errors";
import { getPathname } from "@/lib/language/navigation";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/feedback">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("feedback"), robots: { index: false } };
}

export default async function FeedbackPage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "site:manage")) notFound();
  const { da, a } = await searchParams;
  const { period, wrong } = await asked({ da, a });
  const [office, t, locale, all] = await Promise.all([
    getTranslations("office"),
    getTranslations("feedback.report"),
    getLocale(),
    period ? feedbackOf(istatCode, period) : [],
  ]);
  const { from, to } = period ?? {};
  const here = { pathname: "/[municipality]/office/feedback", params: { municipality: slug } } as const;
  const query = new URLSearchParams({ lingua: locale, ...(from && { da: from }), ...(to && { a: to }) });
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("feedback")} lead={t("lead")} />
      <FilterBar action={getPathname({ locale, href: here })} {...((from || to || wrong) && { clear: here })}>
        <FilterDay name="da" label={t("from")} value={from} />
        <FilterDay name="a" label={t("to")} value={to} />
      </FilterBar>
      {wrong ? (
        <Notice tone="danger" live="alert" title={wrong} />
      ) : all.length === 0 ? (
        <EmptyState icon="star" title={t(from || to ? "noneThen" : "none")} />
      ) : (
        <>
          <p className="mb-6 print:hidden">
            <PlainLink href={`/api/feedback/${slug}/answers.csv?${query}`} icon="download" download>
              {t("download")}
            </PlainLink>
          </p>
          <FeedbackReport municipality={slug} all={all} />
        </>
      )}
    </>
  );
}

/** The period that is asked for, or why it is none. */
async function asked(query: Readonly<Record<string, unknown>>): Promise<{ period?: Period; wrong?: string }> {
  try {
    return { period: periodIn(query) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { wrong: (await errorSentences())(error.code, error.params) };
  }
}
