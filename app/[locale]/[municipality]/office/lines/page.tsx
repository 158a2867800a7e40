import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { chainDay } from "@/features/calls/queries";
import { budgetOf } from "@/features/funds/budget-queries";
import { leftOfPastYears } from "@/features/funds/carry-over-queries";
import { LeftTable } from "@/features/funds/left-table";
import { LineTasks } from "@/features/funds/line-tasks";
import { LinesTable } from "@/features/funds/lines-table";
import { payeesOf } from "@/features/funds/payee-queries";
import { PayeesTable } from "@/features/funds/payees-table";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { PendingNotice } from "@/features/office/pending-notice";
import { pendingItemsOf } from "@/features/office/scene-queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

const ofThisPage: readonly string[] = [
  "funds:openLine",
  "funds:changeBudget",
  "subjects:registerPayee",
  "subjects:recogniseEligibility",
];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("lines"), robots: { index: false } };
}

export default async function LinesPage({ params }: PageProps<"/[locale]/[municipality]/office/lines">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  const [t, budget, payees, items] = await Promise.all([
    getTranslations("office"),
    budgetOf(istatCode),
    payeesOf(istatCode),
    pendingItemsOf(istatCode),
  ]);
  const pending = items.filter(({ transaction }) => ofThisPage.includes(transaction));
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("lines")} lead={t("linesLead")} />
      <div className="space-y-10">
        <PendingNotice items={pending} />
        {can(viewer, istatCode, "funds:openLine") && (
          <section aria-labelledby="tasks" className="space-y-4">
            <h2 id="tasks">{t("tasks")}</h2>
            <LineTasks lines={budget.lines} payees={payees} />
          </section>
        )}
        {can(viewer, istatCode, "funds:carryOver") && (
          <LeftTable municipality={slug} left={await leftOfPastYears(istatCode, await chainDay(istatCode))} />
        )}
        <LinesTable municipality={slug} lines={budget.lines} totals={budget.totals} />
        <PayeesTable payees={payees} />
      </div>
    </>
  );
}
