import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar, FilterSearch, FilterSelect } from "@/components/ui/filter-bar";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { SearchKeyChoice } from "@/components/ui/search-key-choice";
import { districtsOf } from "@/features/commons/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { search } from "@/features/search/queries";
import { ResultList } from "@/features/search/result-list";
import { kinds, MOST_PAGES, PAGE } from "@/features/search/rules";
import { searchQuery } from "@/features/search/schema";
import { TooManyError } from "@/lib/errors";
import { getPathname, type Href } from "@/lib/language/navigation";
import { count } from "@/lib/rate-limit";

type Props = PageProps<"/[locale]/[municipality]/search">;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { name } = await requireMunicipality((await params).municipality);
  const { text } = searchQuery(await searchParams);
  const t = await getTranslations("search");
  return {
    title: text ? `${text} — ${t("title")}, ${name}` : `${t("title")} — ${name}`,
    robots: { index: false },
  };
}

/** Everything of a municipality that has some words in it. */
export default async function SearchPage({ params, searchParams }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const query = searchQuery(await searchParams);
  const t = await getTranslations("search");
  const locale = await getLocale();
  const here = { pathname: "/[municipality]/search", params: { municipality: municipality.slug } } as const;
  const districts = await districtsOf(municipality.istatCode);
  const found = query.text ? await searchWithin(municipality, query) : undefined;
  const kept = {
    q: query.text,
    ...(query.kind && { tipo: query.kind }),
    ...(query.district && { zona: String(query.district) }),
  };
  const pages = found && "results" in found ? Math.min(MOST_PAGES, Math.ceil(found.total / PAGE)) : 0;
  const filtered = query.kind !== undefined || query.district !== undefined;
  const sections: { label: string; href: Href }[] = [
    { label: t("kinds.commons"), href: { ...here, pathname: "/[municipality]/commons" } },
    { label: t("kinds.call"), href: { ...here, pathname: "/[municipality]/calls" } },
    { label: t("kinds.pact"), href: { ...here, pathname: "/[municipality]/pacts" } },
    { label: t("kinds.house"), href: { ...here, pathname: "/[municipality]/houses" } },
  ];
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <FilterBar
        action={getPathname({ locale, href: here })}
        {...(filtered && { clear: { ...here, query: { q: query.text } } })}
      >
        <FilterSearch name="q" label={t("label")} value={query.text} />
        <FilterSelect
          name="tipo"
          label={t("kind")}
          value={query.kind}
          options={kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        />
        {districts.length > 0 && (
          <FilterSelect
            name="zona"
            label={t("district")}
            value={query.district?.toString()}
            options={districts.map((number) => ({
              value: String(number),
              label: t("districtName", { number }),
            }))}
          />
        )}
      </FilterBar>
      {found === undefined && <p className="max-w-text">{t("start")}</p>}
      {found && "minutes" in found && (
        <Notice tone="danger" title={t("tooMany")}>
          {t("tooManyText", { minutes: found.minutes })}
        </Notice>
      )}
      {found && "results" in found && (
        <div className="space-y-6">
          <p role="status" className="font-semibold">
            {t("found", { count: found.total })}
          </p>
          {found.alike && found.total > 0 && <p>{t("alike", { text: query.text })}</p>}
          {found.counts.size > 1 && (
            <nav aria-label={t("byKind")} className="print:hidden">
              <ul className="flex flex-wrap gap-x-5 gap-y-1">
                {kinds
                  .filter((kind) => found.counts.has(kind))
                  .map((kind) => (
                    <li key={kind}>
                      <TextLink
                        href={{ ...here, query: { ...kept, tipo: kind } }}
                        aria-current={kind === query.kind ? "true" : undefined}
                        className="inline-flex min-h-11 items-center"
                      >
                        {t(`kinds.${kind}`)} ({found.counts.get(kind)})
                      </TextLink>
                    </li>
                  ))}
              </ul>
            </nav>
          )}
          {found.total === 0 ? (
            <EmptyState icon="search" title={t("none")}>
              <p>{t(filtered ? "noneFiltered" : "noneText")}</p>
              <ul className="flex flex-wrap gap-x-5 gap-y-1 pt-2">
                {sections.map(({ label, href }) => (
                  <li key={label}>
                    <TextLink href={href} className="inline-flex min-h-11 items-center">
                      {label}
                    </TextLink>
                  </li>
                ))}
              </ul>
            </EmptyState>
          ) : (
            <ResultList results={found.results} />
          )}
          <Pagination
            page={query.page}
            pages={pages}
            hrefOf={(page) => ({ ...here, query: { ...kept, pagina: String(page) } })}
          />
        </div>
      )}
      <p className="mt-10">
        <SearchKeyChoice />
      </p>
    </>
  );
}

async function searchWithin(
  municipality: { istatCode: string; slug: string },
  query: ReturnType<typeof searchQuery>,
) {
  try {
    await count("searches", (await headers()).get("x-forwarded-for") ?? "");
    return await search(municipality, query);
  } catch (error) {
    if (error instanceof TooManyError) return { minutes: error.minutes };
    throw error;
  }
}
