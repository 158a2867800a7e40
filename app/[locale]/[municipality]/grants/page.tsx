import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { PlainLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { PrintButton } from "@/components/ui/print-button";
import { requireMunicipality } from "@/features/municipalities/queries";
import { filterGrants, sortGrants } from "@/features/open-data/grant-list";
import { grantList, grantYears } from "@/features/open-data/grant-queries";
import { GrantsFilter } from "@/features/open-data/grants-filter";
import { GrantsTable } from "@/features/open-data/grants-table";
import { tableFormats } from "@/lib/export/table";
import { formatMoney } from "@/lib/format";
import { getPathname } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/grants">;

const ROWS = 50;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, slug } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("grants");
  return pageMetadata({
    href: { pathname: "/[municipality]/grants", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("description"),
  });
}

export default async function GrantsPage({ params, searchParams }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const asked = await searchParams;
  const text = (name: string) => (typeof asked[name] === "string" ? asked[name].slice(0, 200) : "");
  const [t, locale, years] = await Promise.all([
    getTranslations("grants"),
    getLocale(),
    grantYears(municipality.istatCode),
  ]);
  const year = years.find((one) => String(one) === text("anno")) ?? years[0] ?? 0;
  const { grants, isWhole, waiting, thresholdCents } = await grantList(municipality, year);
  const address = { anno: String(year), q: text("q"), ufficio: text("ufficio") };
  const sort = {
    column: text("ordina") || "grantedOn",
    direction: text("verso") === "ascending" ? ("ascending" as const) : ("descending" as const),
  };
  const found = sortGrants(filterGrants(grants, { q: address.q, office: address.ufficio }), sort);
  const pages = Math.max(1, Math.ceil(found.length / ROWS));
  const page = Math.min(pages, Math.max(1, Math.floor(Number(text("pagina"))) || 1));
  const filters = {
    anno: address.anno,
    ...(address.q && { q: address.q }),
    ...(address.ufficio && { ufficio: address.ufficio }),
  };
  const hrefWith = (query: Record<string, string>) => ({
    pathname: "/[municipality]/grants" as const,
    params: { municipality: municipality.slug },
    query: { ...filters, ...query },
  });
  const title = t("titleOf", { year });
  return (
    <>
      <PageHeading
        title={title}
        lead={t("lead", { threshold: formatMoney(thresholdCents, locale) })}
        actions={<PrintButton />}
      />
      <div className="space-y-6">
        {waiting.count > 0 && (
          <Notice tone="warning" title={t("waiting", { count: waiting.count })}>
            <p>{t("waitingText", { amount: formatMoney(waiting.amountCents, locale) })}</p>
          </Notice>
        )}
        {!isWhole && <Notice>{t("notWhole", { count: grants.length })}</Notice>}
        <GrantsFilter
          municipality={municipality.slug}
          action={getPathname({
            locale,
            href: { pathname: "/[municipality]/grants", params: { municipality: municipality.slug } },
          })}
          years={years}
          offices={[...new Set(grants.map(({ office }) => office))].sort((a, b) => a.localeCompare(b, "it"))}
          address={address}
        />
        {found.length === 0 ? (
          <EmptyState icon="euro" title={t(grants.length === 0 ? "empty" : "noneFound", { year })} />
        ) : (
          <>
            <GrantsTable
              municipality={municipality.slug}
              grants={found.slice((page - 1) * ROWS, page * ROWS)}
              totalCents={found.reduce((sum, { amountCents }) => sum + amountCents, 0n)}
              sort={sort}
              sortHref={(column, direction) => hrefWith({ ordina: column, verso: direction })}
              caption={title}
            />
            <Pagination
              page={page}
              pages={pages}
              hrefOf={(number) =>
                hrefWith({ ordina: sort.column, verso: sort.direction, pagina: String(number) })
              }
            />
          </>
        )}
        <ul className="space-y-2 print:hidden">
          {tableFormats.map((format) => (
            <li key={format}>
              <PlainLink
                href={`/api/open-data/${municipality.slug}/grants.${format}?year=${year}&lingua=${locale}`}
                icon="download"
                download
              >
                {t(format, { year })}
              </PlainLink>
            </li>
          ))}
        </ul>
        <p className="max-w-text text-ink-soft">{t("privacy")}</p>
      </div>
    </>
  );
}
