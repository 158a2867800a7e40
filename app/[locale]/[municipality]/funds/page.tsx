import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { PrintButton } from "@/components/ui/print-button";
import { chainDay } from "@/features/calls/queries";
import { viewOf } from "@/features/control-room/view";
import { EmbedCode } from "@/features/embed/embed-code";
import { budgetOf } from "@/features/funds/budget-queries";
import { FlowPicture } from "@/features/funds/flow-picture";
import { flowsOf } from "@/features/funds/flow-queries";
import { LateList } from "@/features/funds/late-list";
import { lateIn } from "@/features/funds/late-queries";
import { LinesTable } from "@/features/funds/lines-table";
import { paymentQuery } from "@/features/funds/payment-list";
import { paymentsOf } from "@/features/funds/payment-list-queries";
import { PaymentsFilter, PaymentsTable } from "@/features/funds/payments-table";
import { TermHelp } from "@/features/glossary/term-help";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FeedLinks } from "@/features/notifications/feed-links";
import { StoppedMoney } from "@/features/office/stopped-money";
import { stoppedMoney } from "@/features/office/stopped-queries";
import { tableFormats } from "@/lib/export/table";
import { formatMoney } from "@/lib/format";
import { redirect } from "@/lib/language/navigation";
import { pageIn } from "@/lib/page-in";

type Props = PageProps<"/[locale]/[municipality]/funds">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("funds");
  return { title: `${t("title")} — ${name}`, description: t("lead") };
}

export default async function FundsPage({ params, searchParams }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const address = await searchParams;
  const { al } = viewOf(address);
  const locale = await getLocale();
  // The control room has the money as it was on another day.
  if (al !== undefined)
    redirect({
      locale,
      href: {
        pathname: "/[municipality]/control-room",
        params: { municipality: municipality.slug },
        query: { al },
      },
    });
  const query = paymentQuery(address);
  const pages = { stopped: pageIn(address.fermi), late: pageIn(address.ritardi) };
  const { istatCode } = municipality;
  const [budget, graph, payments, late, stopped] = await Promise.all([
    budgetOf(istatCode),
    flowsOf(istatCode),
    paymentsOf(istatCode, query),
    lateIn(istatCode, await chainDay(istatCode), pages.late),
    stoppedMoney(istatCode, pages.stopped),
  ]);
  const t = await getTranslations("funds");
  const { budgetCents, committedCents, paidCents } = budget.totals;
  const hrefOf = (changed: Readonly<Record<string, number>>) => ({
    pathname: "/[municipality]/funds" as const,
    params: { municipality: municipality.slug },
    query: {
      ...(query.state && { stato: query.state }),
      ...(address.ordina && { ordina: query.sort.column, verso: query.sort.direction }),
      ...pagesIn({ pagina: query.page, fermi: pages.stopped, ritardi: pages.late, ...changed }),
    },
  });
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
      <TermHelp terms={["budgetLine", "commitment", "liquidation"]} />
      {budget.lines.length === 0 && <EmptyState icon="euro" title={t("empty")} />}
      <div className="space-y-12">
        <StoppedMoney
          municipality={municipality.slug}
          stopped={stopped}
          hrefOf={(to) => hrefOf({ fermi: to })}
        />
        <LateList municipality={municipality.slug} late={late} hrefOf={(to) => hrefOf({ ritardi: to })} />
        <FlowPicture graph={graph} />
        <LinesTable lines={budget.lines} totals={budget.totals} municipality={municipality.slug} />
        <section className="space-y-4">
          <h2>{t("payments")}</h2>
          <PaymentsFilter municipality={municipality.slug} state={query.state ?? ""} />
          <PaymentsTable
            municipality={municipality.slug}
            list={payments}
            state={query.state ?? ""}
            sort={query.sort}
          />
          <Pagination
            label={t("payments")}
            page={payments.page}
            pages={payments.pages}
            hrefOf={(to) => hrefOf({ pagina: to })}
          />
          <ul className="space-y-2 print:hidden">
            {tableFormats.map((format) => (
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
          <ul className="space-y-2 print:hidden">
            <li>
              <TextLink
                href={{
                  pathname: "/[municipality]/control-room",
                  params: { municipality: municipality.slug },
                }}
              >
                {t("toControlRoom")}
              </TextLink>
            </li>
            <li>
              <TextLink
                href={{ pathname: "/[municipality]/grants", params: { municipality: municipality.slug } }}
              >
                {t("toGrants")}
              </TextLink>
            </li>
            <li>
              <TextLink
                href={{ pathname: "/[municipality]/open-data", params: { municipality: municipality.slug } }}
              >
                {t("toOpenData")}
              </TextLink>
            </li>
          </ul>
          <FeedLinks municipality={municipality.slug} kind="money" />
          <EmbedCode municipality={municipality.slug} subject="money" title={t("title")} />
        </section>
      </div>
    </>
  );
}

/** The pages of the lists on this page as the address says them: first ones are not said. */
function pagesIn(pages: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(pages)
      .filter(([, page]) => page > 1)
      .map(([name, page]) => [name, String(page)]),
  );
}
