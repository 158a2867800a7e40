import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { OwnDecidedList, OwnReportsList } from "@/features/comments/own-lists";
import { ownDecided, ownReports } from "@/features/comments/own-moderation-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { signsSomething } from "@/features/passkeys/queries";
import { MineSections } from "@/features/people/mine-sections";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/mine/reports">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("comments.own"))("title"), robots: { index: false } };
}

/** What a person has reported and what became of it; what was hidden of their own. */
export default async function OwnReportsPage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const [t, reports, decided, keys, { ricevuta }] = await Promise.all([
    getTranslations("comments.own"),
    ownReports(istatCode, viewer),
    ownDecided(istatCode, viewer),
    signsSomething(istatCode, viewer),
    searchParams,
  ]);
  const received = reports.find(({ id }) => id === ricevuta);
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <MineSections municipality={slug} current="reports" keys={keys} />
      <div className="max-w-form space-y-12">
        {received && (
          <Notice tone="success" live="status" title={t("received")}>
            <p>{t("receivedText", { number: received.id.slice(0, 8) })}</p>
          </Notice>
        )}
        <section aria-labelledby="reports" className="space-y-4">
          <h2 id="reports">{t("reports")}</h2>
          {reports.length === 0 ? (
            <EmptyState icon="flag" title={t("noReports")} />
          ) : (
            <OwnReportsList municipality={slug} reports={reports} />
          )}
        </section>
        {decided.length > 0 && (
          <section aria-labelledby="hidden" className="space-y-4">
            <h2 id="hidden">{t("hidden")}</h2>
            <OwnDecidedList municipality={slug} decided={decided} />
          </section>
        )}
      </div>
    </>
  );
}
