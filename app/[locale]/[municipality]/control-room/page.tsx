import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Fold } from "@/components/ui/fold";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { PrintButton } from "@/components/ui/print-button";
import { AsOfNotice } from "@/features/control-room/as-of-notice";
import { carriedOf } from "@/features/control-room/carried-queries";
import { EndingPacts } from "@/features/control-room/ending-pacts";
import { Months } from "@/features/control-room/months";
import { countPayments, viewedPayments } from "@/features/control-room/payments-queries";
import { ViewedPayments } from "@/features/control-room/payments-table";
import { asOf, choicesOf, namesIn, pactsEnding } from "@/features/control-room/queries";
import { Questions } from "@/features/control-room/questions";
import { monthsOf, peopleOf, sumsOf, totalsOf } from "@/features/control-room/sums-queries";
import { SumsTable } from "@/features/control-room/sums-table";
import { isNarrowed, queryOf, viewOf } from "@/features/control-room/view";
import { ViewFiles } from "@/features/control-room/view-files";
import { ViewFilter } from "@/features/control-room/view-filter";
import { longestWaits, stepTimesOf } from "@/features/control-room/waits-queries";
import { LongestWaits, StepTimesTable } from "@/features/control-room/waits-tables";
import { groupWords } from "@/features/control-room/words";
import { requireMunicipality } from "@/features/municipalities/queries";
import { formatDate, formatMoney } from "@/lib/format";
import { getPathname } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/control-room">;

const WAITS = 20;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, slug } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("controlRoom");
  return pageMetadata({
    href: { pathname: "/[municipality]/control-room", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("description"),
  });
}

export default async function ControlRoomPage({ params, searchParams }: Props) {
  const { istatCode, slug } = await requireMunicipality((await params).municipality);
  const view = viewOf(await searchParams);
  const [t, funds, locale, { day, isOver, isAhead }] = await Promise.all([
    getTranslations("controlRoom"),
    getTranslations("funds"),
    getLocale(),
    asOf(istatCode, view.al),
  ]);
  const scope = { municipality: istatCode, day, view };
  const [totals, rows, carried, months, steps, waits, payments, paid, ending, choices, names, nameOf] =
    await Promise.all([
      totalsOf(scope),
      sumsOf(scope, view.per),
      carriedOf(scope, view.per),
      monthsOf(scope),
      stepTimesOf(scope),
      longestWaits(scope, WAITS),
      viewedPayments(scope, view.pagina),
      countPayments(scope),
      pactsEnding(istatCode, day),
      choicesOf(istatCode),
      namesIn(istatCode, view),
      groupWords(view.per, locale),
    ]);
  const people =
    view.per === "commons"
      ? await peopleOf(
          scope,
          rows.map(({ key }) => key),
        )
      : {};
  const money = (cents: bigint) => formatMoney(cents, locale);
  const page = { pathname: "/[municipality]/control-room", params: { municipality: slug } } as const;
  const narrowed = isNarrowed(view);
  const stopped = steps.reduce(
    (sum, { waiting, waitingCents }) => ({ count: sum.count + waiting, cents: sum.cents + waitingCents }),
    { count: 0, cents: 0n },
  );
  return (
    <>
      <PageHeading
        title={t("title")}
        lead={t(view.stato ? "leadState" : narrowed.beyondLines ? "leadNarrow" : "lead", {
          state: view.stato ? funds(`payStates.${view.stato}`) : "",
          budget: money(totals.budgetCents),
          committed: money(totals.committedCents),
          planned: money(totals.plannedCents),
          accepted: money(totals.acceptedCents),
          paid: money(totals.paidCents),
        })}
        actions={<PrintButton />}
      />
      <div className="space-y-12">
        <div className="space-y-4">
          {isAhead && (
            <Notice tone="warning">
              <p>{t("ahead", { asked: formatDate(view.al ?? day, locale), day: formatDate(day, locale) })}</p>
            </Notice>
          )}
          <AsOfNotice municipality={slug} view={view} day={day} isOver={isOver} />
        </div>
        <section id="fermi" className="space-y-4">
          <h2>{t("stopped", { count: stopped.count, amount: money(stopped.cents) })}</h2>
          {stopped.count > waits.length && <p>{t("stoppedMore", { count: waits.length })}</p>}
          <LongestWaits municipality={slug} day={day} waits={waits} />
        </section>
        <Questions municipality={slug} al={view.al} />
        <section id="passi" className="space-y-4">
          <h2>{t("waits.steps")}</h2>
          <p className="max-w-text">{t("waits.stepsText")}</p>
          <Fold label={t("openTable")}>
            <StepTimesTable steps={steps} day={day} />
          </Fold>
        </section>
        <section id="somme" className="space-y-4">
          <h2>{t(`by.${view.per}`)}</h2>
          <ViewFilter
            municipality={slug}
            action={getPathname({ locale, href: page })}
            view={view}
            choices={choices}
            names={names}
            isNarrowed={narrowed.any || view.al !== undefined}
          />
          {carried.size > 0 && <p className="max-w-text">{funds("carriedText")}</p>}
          <SumsTable
            municipality={slug}
            view={view}
            rows={rows}
            carried={carried}
            people={people}
            nameOf={nameOf}
          />
          <ViewFiles municipality={slug} what="sums" view={view} />
        </section>
        <section id="tempo" className="space-y-4">
          <h2>{t("months")}</h2>
          <Fold label={t("openChart")}>
            <Months months={months} />
          </Fold>
        </section>
        <section id="pagamenti" className="space-y-4">
          <h2>{t("paymentsCount", { count: paid.count })}</h2>
          {paid.count > 0 && (
            <p>{t("paymentsSums", { amount: money(paid.cents), paid: money(paid.paidCents) })}</p>
          )}
          <Fold label={t("openTable")} open={view.stato !== undefined || view.pagina > 1}>
            <ViewedPayments
              municipality={slug}
              payments={payments}
              total={paid}
              day={isOver ? day : undefined}
            />
            <Pagination
              label={t("payments")}
              page={view.pagina}
              pages={paid.pages}
              hrefOf={(pagina) => ({ ...page, query: queryOf({ ...view, pagina }) })}
            />
          </Fold>
          <ViewFiles municipality={slug} what="payments" view={view} />
        </section>
        <EndingPacts municipality={slug} pacts={ending} year={day.slice(0, 4)} />
      </div>
    </>
  );
}
