import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ActionButton } from "@/components/ui/action-button";
import { DateText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Identifier } from "@/components/ui/identifier";
import { Notice } from "@/components/ui/notice";
import { requireMunicipality } from "@/features/municipalities/queries";
import { confirmImport, discardImport, withdrawImport } from "@/features/treasury/actions";
import { match } from "@/features/treasury/matching";
import { OutcomesTable } from "@/features/treasury/outcomes-table";
import {
  importById,
  ledgerDay,
  orderedPayments,
  paymentsOnTheirWay,
  storedMovements,
} from "@/features/treasury/queries";
import { TreasuryBreadcrumb } from "@/features/treasury/treasury-breadcrumb";
import { formatInstant } from "@/lib/format";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("treasury"))("importTitle"), robots: { index: false } };
}

/** Files of the treasury as they were read: what follows from them, before and after it counts. */
export default async function ImportPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/treasury/[import]">) {
  const { municipality, import: id } = await params;
  const { slug, istatCode } = await requireMunicipality(municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "treasury:inspect")) notFound();
  const view = (await importById(istatCode, id, viewer)) ?? notFound();
  const isCounted = view.state === "draft" || view.state === "imported";
  const [t, locale, payments, others, today, onTheirWay] = await Promise.all([
    getTranslations("treasury"),
    getLocale(),
    orderedPayments(istatCode),
    storedMovements(istatCode, undefined, isCounted ? view : null),
    ledgerDay(istatCode),
    paymentsOnTheirWay(istatCode),
  ]);
  const named = new Set(
    match(payments, view.movements, today).payments.flatMap(({ payment, movements }) =>
      movements.length > 0 ? [payment.id] : [],
    ),
  );
  const counted = isCounted ? [...others, ...view.movements] : others;
  const matching = match(payments, counted, today);
  const rows = matching.payments.filter(({ payment }) => named.has(payment.id));
  const acts = rows.filter(
    ({ settlement, payment }) => settlement.kind === "act" && !onTheirWay.has(payment.id),
  );
  const isDraft = view.state === "draft";
  const unknown = match(payments, view.movements, today).unknown;
  return (
    <>
      <TreasuryBreadcrumb municipality={slug} />
      <PageHeading title={t("importTitle")} lead={t(`importLeads.${view.state}`)} />
      <div className="space-y-10">
        <DefinitionList
          items={[
            { term: t("columns.source"), description: t(`sources.${view.source}`) },
            ...(view.flow ? [{ term: t("flow"), description: <Identifier value={view.flow} /> }] : []),
            ...(view.flowCreatedAt
              ? [{ term: t("written"), description: formatInstant(view.flowCreatedAt, locale) }]
              : []),
            { term: t("columns.at"), description: <DateText value={view.at} /> },
            { term: t("columns.by"), description: view.by ?? "–" },
            ...(view.source === "csv"
              ? []
              : [{ term: t("signature"), description: t(view.signed ? "signed" : "unsigned") }]),
            {
              term: t("columns.rows"),
              description: t("counts", { rows: view.rows, own: view.ownRows, foreign: view.foreignRows }),
            },
            ...view.digests.map((digest, index) => ({
              term: t("digest", { number: index + 1 }),
              description: <Identifier value={digest} />,
            })),
          ]}
        />
        {unknown.length > 0 && (
          <Notice tone="warning" title={t("unknownOrders", { count: unknown.length })}>
            {[...new Set(unknown.map(({ order, year }) => `${order}/${year}`))].join(", ")}
          </Notice>
        )}
        <section aria-labelledby="outcomes" className="space-y-4">
          <h2 id="outcomes">{t("outcomesTitle")}</h2>
          <OutcomesTable
            municipality={slug}
            caption={t("outcomesCaption")}
            payments={rows}
            onTheirWay={onTheirWay}
            empty={<EmptyState icon="euro" title={t("nothingHere")} />}
          />
        </section>
        {isDraft && can(viewer, istatCode, "treasury:import") && (
          <section aria-labelledby="decide" className="max-w-form space-y-4 print:hidden">
            <h2 id="decide">{t("decide")}</h2>
            <p>{t("decideText", { count: acts.length })}</p>
            <div className="flex flex-wrap gap-3">
              <ActionButton
                action={confirmImport}
                fields={{ id: view.id, command: crypto.randomUUID() }}
                look="primary"
                icon="check"
              >
                {t("confirm")}
              </ActionButton>
              <ActionButton
                action={discardImport}
                fields={{ id: view.id, command: crypto.randomUUID() }}
                icon="close"
              >
                {t("discard")}
              </ActionButton>
            </div>
          </section>
        )}
        {view.state === "imported" && can(viewer, istatCode, "treasury:import") && (
          <section aria-labelledby="withdraw" className="max-w-form space-y-4 print:hidden">
            <h2 id="withdraw">{t("withdraw")}</h2>
            <p>{t("withdrawText")}</p>
            <ActionButton
              action={withdrawImport}
              fields={{ id: view.id, command: crypto.randomUUID() }}
              icon="close"
            >
              {t("withdrawSubmit")}
            </ActionButton>
          </section>
        )}
      </div>
    </>
  );
}
