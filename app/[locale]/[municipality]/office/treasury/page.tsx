import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { PendingNotice } from "@/features/office/pending-notice";
import { pendingItemsOf } from "@/features/office/scene-queries";
import { ImportForm } from "@/features/treasury/import-form";
import { ImportsTable } from "@/features/treasury/imports-table";
import { ordersOf } from "@/features/treasury/order-queries";
import { OrdersToSend } from "@/features/treasury/orders-to-send";
import { OutcomesToSign } from "@/features/treasury/outcomes-to-sign";
import { codesOf, importsOf, ledgerDay, matchingOf, paymentsOnTheirWay } from "@/features/treasury/queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

const ofThisPage: readonly string[] = ["payments:recordPaid", "payments:recordReturned", "payments:recover"];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("treasury"), robots: { index: false } };
}

export default async function TreasuryPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/treasury">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "treasury:inspect")) notFound();
  const [office, t, items, imports, matching, onTheirWay, codes, day] = await Promise.all([
    getTranslations("office"),
    getTranslations("treasury"),
    pendingItemsOf(istatCode),
    importsOf(istatCode, viewer),
    matchingOf(istatCode),
    paymentsOnTheirWay(istatCode),
    codesOf(istatCode),
    ledgerDay(istatCode),
  ]);
  const year = Number(day.slice(0, 4));
  const orders = await ordersOf(istatCode, year);
  const imported = can(viewer, istatCode, "treasury:import");
  const waiting = matching.payments.filter(
    ({ settlement, payment }) => settlement.kind === "act" && !onTheirWay.has(payment.id),
  );
  const link = { municipality: slug };
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("treasury")} lead={t("lead")} />
      <div className="space-y-10">
        <PendingNotice items={items.filter(({ transaction }) => ofThisPage.includes(transaction))} />
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          <li>
            <TextLink href={{ pathname: "/[municipality]/office/treasury/reconciliation", params: link }}>
              {t("reconciliation")}
            </TextLink>
          </li>
          <li>
            <TextLink href={{ pathname: "/[municipality]/office/treasury/codes", params: link }}>
              {t("codes")}
            </TextLink>
          </li>
        </ul>
        {waiting.length > 0 && <OutcomesToSign count={waiting.length} canSign={imported} />}
        {imported && <ImportForm hasCodes={Boolean(codes.office ?? codes.siope ?? codes.taxCode)} />}
        <OrdersToSend municipality={slug} year={year} orders={orders} codes={codes} />
        <ImportsTable municipality={slug} imports={imports} />
      </div>
    </>
  );
}
