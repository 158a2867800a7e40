import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { PlainLink } from "@/components/ui/link";
import { PrintButton } from "@/components/ui/print-button";
import { FlowPicture } from "@/features/funds/flow-picture";
import { LateList } from "@/features/funds/late-list";
import { LinesTable } from "@/features/funds/lines-table";
import { PaymentsFilter, PaymentsTable } from "@/features/funds/payments-table";
import { flowsOf } from "@/features/funds/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { StoppedMoney } from "@/features/office/stopped-money";
import { stoppedMoney } from "@/features/office/stopped-queries";
import { formatMoney } from "@/lib/format";

type Props = PageProps<"/[locale]/[municipality]/funds">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("funds");
  return { title: `${t("title")} — ${name}`, description: t("lead") };
}

export default async function FundsPage({ params, searchParams }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const { stato, ordina, verso } = await searchParams;
  const state = typeof stato === "string" ? stato : "";
  const [flows, stopped] = await Promise.all([
    flowsOf(municipality.istatCode, state ? { state } : {}),
    stoppedMoney(municipality.istatCode),
  ]);
  const [t, locale] = await Promise.all([getTranslations("funds"), getLocale()]);
  const { budgetCents, committedCents, paidCents } = flows.totals;
  const money = (cents: bigint) => formatMoney(cents, locale);
  return (
    <>
      <PageHeading
        title={t("title")}
        lead={t("lead1", {
          budget: money(budgetCents),
          committed: money(committedCents),
          paid: money(paidCents),
        })}
        actions={<PrintButton />}
      />
      {flows.lines.length === 0 && <EmptyState icon="euro" title={t("empty")} />}
      <div className="space-y-12">
        <StoppedMoney municipality={municipality.slug} stopped={stopped} />
        <LateList municipality={municipality.slug} items={flows.late} />
        <FlowPicture graph={flows.graph} />
        <LinesTable lines={flows.lines} totals={flows.totals} municipality={municipality.slug} />
        <section className="space-y-4">
          <h2>{t("payments")}</h2>
          <PaymentsFilter municipality={municipality.slug} state={state} />
          <PaymentsTable
            municipality={municipality.slug}
            payments={flows.payments}
            state={state}
            sort={{
              column: typeof ordina === "string" ? ordina : "requestedOn",
              direction: verso === "ascending" ? "ascending" : "descending",
            }}
          />
          <ul className="space-y-2 print:hidden">
            {(["csv", "ods", "json"] as const).map((format) => (
              <li key={format}>
                <PlainLink
                  href={`/api/funds/${municipality.slug}/payments.${format}?lingua=${locale}`}
                  icon="download"
                  download
                >
                  {t(format)}
                </PlainLink>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
