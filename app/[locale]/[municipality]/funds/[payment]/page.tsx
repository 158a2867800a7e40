import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TwoColumns } from "@/components/layout/two-columns";
import { LedgerMark } from "@/components/ledger-mark";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DateText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { DemoMark } from "@/components/ui/demo-mark";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Timeline, TimelineStep } from "@/components/ui/timeline";
import { viewOf } from "@/features/control-room/view";
import { type PaymentDetail, paymentById } from "@/features/funds/payment-queries";
import { PaymentReasons } from "@/features/funds/payment-reasons";
import { PaymentStateMark } from "@/features/funds/payments-table";
import { requireMunicipality } from "@/features/municipalities/queries";
import { formatDate, formatMoney } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/funds/[payment]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("funds"))("payment") };
}

export default async function PaymentPage({ params, searchParams }: Props) {
  const { municipality: slug, payment: id } = await params;
  const municipality = await requireMunicipality(slug);
  const { al } = viewOf(await searchParams);
  const payment = await paymentById(municipality.istatCode, id, al);
  if (!payment) notFound();
  const [locale, t, roles, organisations] = await Promise.all([
    getLocale(),
    getTranslations("funds"),
    getTranslations("roles"),
    getTranslations("organisations"),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          { href: { pathname: "/[municipality]/funds", params: { municipality: slug } }, label: t("title") },
        ]}
      />
      <PageHeading title={`${t("payment")}: ${payment.milestone.title}`} />
      <TwoColumns
        aside={
          <>
            <p className="flex flex-wrap items-center gap-3">
              <PaymentStateMark state={payment.state} />
              <strong>
                <Money cents={payment.amountCents} />
              </strong>{" "}
              <DemoMark fictional={payment.fictional} />
            </p>
            <DefinitionList
              beside
              items={[
                {
                  term: t("commons"),
                  description: (
                    <TextLink
                      href={{
                        pathname: "/[municipality]/commons/[commons]",
                        params: { municipality: slug, commons: payment.commons.slug },
                      }}
                    >
                      {payment.commons.name}
                    </TextLink>
                  ),
                },
                { term: t("line"), description: `${payment.lineName} (${payment.lineYear})` },
                ...yearsOf(payment, t),
                {
                  term: t("milestone"),
                  description: `${payment.milestone.number}. ${payment.milestone.title}`,
                },
                { term: t("payee"), description: payment.payee || t("nodes.person") },
                ...(payment.orderNumber
                  ? [{ term: t("orderNumber"), description: payment.orderNumber }]
                  : []),
                ...(payment.reference ? [{ term: t("reference"), description: payment.reference }] : []),
                ...(payment.paidOn
                  ? [{ term: t("paidOn"), description: <DateText value={payment.paidOn} /> }]
                  : []),
                ...(payment.recoveries.length > 0
                  ? [{ term: t("recovered"), description: <Recovered payment={payment} /> }]
                  : []),
              ]}
            />
          </>
        }
      >
        {al && <p className="font-semibold">{t("asOf", { day: formatDate(al, locale) })}</p>}
        {payment.byOneAccountant && <p className="max-w-text">{t("byOneAccountant")}</p>}
        <PaymentReasons municipality={municipality.istatCode} decided={payment.decided} />
        <section className="space-y-4">
          <h2>{t("steps")}</h2>
          <Timeline>
            {payment.steps.map((step) => (
              <TimelineStep
                key={step.transactionId}
                icon="euro"
                date={step.day}
                title={t(`payStates.${step.state as "paid"}`)}
              >
                <p>
                  {roles(step.role as "treasurer")}, {organisations(step.organisation as "Comune")}
                </p>
                <LedgerMark
                  municipality={slug}
                  status={{ state: "recorded", block: step.block, transaction: step.transactionId }}
                />
              </TimelineStep>
            ))}
          </Timeline>
        </section>
      </TwoColumns>
    </>
  );
}

/** What came back of a payment: the sum, and each time with its receipt. */
function Recovered({ payment: { recoveredCents, recoveries } }: { payment: PaymentDetail }) {
  const [t, locale] = [useTranslations("funds"), useLocale()];
  return (
    <>
      <Money cents={recoveredCents} />
      <ul>
        {recoveries.map(({ amountCents, on, reference }) => (
          <li key={`${on} ${reference}`}>
            {t("recoveredOn", {
              ...{ amount: formatMoney(amountCents, locale), reference },
              ...datePhrases("day", on, locale),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Which years have to do with a payment, where it is not one alone. */
function yearsOf(
  { lineYear, carriedFromYear, steps }: PaymentDetail,
  t: Awaited<ReturnType<typeof getTranslations<"funds">>>,
): { term: string; description: string }[] {
  const isResidual = lineYear < Number(steps.at(-1)?.day.slice(0, 4));
  const words = [
    ...(carriedFromYear === null ? [] : [t("carriedYear", { year: String(carriedFromYear) })]),
    ...(isResidual ? [t("paidAsResidual", { year: String(lineYear) })] : []),
  ];
  return words.length === 0 ? [] : [{ term: t("years"), description: words.join("; ") }];
}
