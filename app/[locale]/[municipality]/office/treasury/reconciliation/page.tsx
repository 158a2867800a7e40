import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { PlainLink, TextLink } from "@/components/ui/link";
import { PrintButton } from "@/components/ui/print-button";
import { requireMunicipality } from "@/features/municipalities/queries";
import { yearIn } from "@/features/treasury/file-queries";
import { OutcomesTable } from "@/features/treasury/outcomes-table";
import { ledgerDay, matchingOf, paymentsOnTheirWay } from "@/features/treasury/queries";
import { reconcile, yearsOf } from "@/features/treasury/reconciliation";
import { TreasuryBreadcrumb } from "@/features/treasury/treasury-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("treasury"))("reconciliation"), robots: { index: false } };
}

/** A year's orders on the ledger beside the treasury's word: what each has that the other has not. */
export default async function ReconciliationPage({
  params,
  searchParams,
}: PageProps<"/[locale]/[municipality]/office/treasury/reconciliation">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "treasury:inspect")) notFound();
  const [t, locale, matching, onTheirWay, day, query] = await Promise.all([
    getTranslations("treasury"),
    getLocale(),
    matchingOf(istatCode),
    paymentsOnTheirWay(istatCode),
    ledgerDay(istatCode),
    searchParams,
  ]);
  const all = reconcile(matching);
  const asked = Array.isArray(query.anno) ? query.anno[0] : query.anno;
  const year = yearIn(asked) ?? Number(day.slice(0, 4));
  const rows = all.filter((row) => row.year === year);
  return (
    <>
      <TreasuryBreadcrumb municipality={slug} />
      <PageHeading
        title={t("reconciliationOf", { year: String(year) })}
        lead={t("reconciliationLead")}
        actions={
          <>
            <PrintButton />
            {rows.length > 0 && (
              <PlainLink
                href={`/api/treasury/${slug}/reconciliation.csv?anno=${year}&lingua=${locale}`}
                icon="download"
                download
              >
                {t("reconciliationCsv")}
              </PlainLink>
            )}
          </>
        }
      />
      <nav aria-label={t("years")} className="mb-8 print:hidden">
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {yearsOf(all, day).map((other) => (
            <li key={other}>
              <TextLink
                aria-current={other === year ? "page" : undefined}
                href={{
                  pathname: "/[municipality]/office/treasury/reconciliation",
                  params: { municipality: slug },
                  query: { anno: String(other) },
                }}
              >
                {String(other)}
              </TextLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="space-y-10">
        {(["doubt", "treasury", "ledger", "agree"] as const).map((side) => (
          <section key={side} aria-labelledby={side} className="space-y-4">
            <h2 id={side}>{t(`sides.${side}`)}</h2>
            <OutcomesTable
              municipality={slug}
              caption={t(`sideCaptions.${side}`)}
              payments={rows.filter((row) => row.side === side)}
              onTheirWay={onTheirWay}
              empty={<p>{t(`sideEmpty.${side}`)}</p>}
            />
          </section>
        ))}
      </div>
    </>
  );
}
