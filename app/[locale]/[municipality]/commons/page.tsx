import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { PlaceMap } from "@/components/map/place-map";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar, FilterSearch, FilterSelect } from "@/components/ui/filter-bar";
import { ButtonLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { TabBar } from "@/components/ui/tab-bar";
import { CommonsCards } from "@/features/commons/commons-cards";
import { listCommons } from "@/features/commons/list-queries";
import { placesOf } from "@/features/commons/places";
import { districtsOf, withPictures } from "@/features/commons/queries";
import { commonsKinds } from "@/features/commons/rules";
import { commonsFilter } from "@/features/commons/schema";
import { stages } from "@/features/commons/stage";
import { TermHelp } from "@/features/glossary/term-help";
import { mapBase } from "@/features/municipalities/map-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FeedLinks } from "@/features/notifications/feed-links";
import { getPathname } from "@/lib/language/navigation";
import { pageIn } from "@/lib/page-in";
import { pageMetadata } from "@/lib/page-metadata";
import { placePhrases } from "@/lib/phrases";

/** Cards of one page: rows of one, two or three are whole. */
const SHOWN = 24;
/** Places of one map; a city has more, which filters and the list lead to. */
const ON_MAP = 300;

type Props = PageProps<"/[locale]/[municipality]/commons">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const [t, locale] = await Promise.all([getTranslations("commons"), getLocale()]);
  return pageMetadata({
    href: { pathname: "/[municipality]/commons", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("lead", placePhrases("municipality", name, locale)),
  });
}

export default async function CommonsListPage({ params, searchParams }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const t = await getTranslations("commons");
  const states = await getTranslations("states");
  const locale = await getLocale();
  const query = await searchParams;
  const filter = commonsFilter(query);
  const map = query.vista === "mappa";
  const [{ commons: found, count, page, pages }, districts] = await Promise.all([
    listCommons(
      municipality.istatCode,
      filter,
      map ? { most: ON_MAP, order: "movement" } : { most: SHOWN, page: pageIn(query.pagina) },
    ),
    districtsOf(municipality.istatCode),
  ]);
  const here = { pathname: "/[municipality]/commons" as const, params: { municipality: municipality.slug } };
  const kept = Object.fromEntries(
    Object.entries({ cerca: filter.search, tipo: filter.kind, zona: filter.district, stato: filter.stage })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
  const filtered = Object.keys(kept).length > 0;
  const shown = map ? [] : await withPictures(municipality.istatCode, found);
  const places = placesOf(map ? found : [], {
    hrefOf: (slug) =>
      getPathname({
        locale,
        href: {
          pathname: "/[municipality]/commons/[commons]",
          params: { municipality: municipality.slug, commons: slug },
        },
      }),
    stageOf: (stage) => states(`stage.${stage}` as Parameters<typeof states>[0]),
  });
  const base = map ? await mapBase(municipality.istatCode, municipality, places) : undefined;
  return (
    <>
      <PageHeading
        title={t("title")}
        lead={t("lead", placePhrases("municipality", municipality.name, locale))}
        actions={
          <ButtonLink icon="plus" href={{ ...here, pathname: "/[municipality]/propose" }}>
            {t("propose")}
          </ButtonLink>
        }
      />
      <TermHelp terms={["commons"]} />
      <FilterBar action={getPathname({ locale, href: here })} {...(filtered && { clear: here })}>
        {map && <input type="hidden" name="vista" value="mappa" />}
        <FilterSearch name="cerca" label={t("search")} value={filter.search} />
        <FilterSelect
          name="tipo"
          label={t("kind")}
          value={filter.kind}
          options={commonsKinds.map((kind) => ({ value: kind, label: states(`kind.${kind}`) }))}
        />
        {districts.length > 0 && (
          <FilterSelect
            name="zona"
            label={t("district")}
            value={filter.district?.toString()}
            options={districts.map((number) => ({
              value: String(number),
              label: t("districtName", { number }),
            }))}
          />
        )}
        <FilterSelect
          name="stato"
          label={t("stage")}
          value={filter.stage}
          options={stages.map((stage) => ({ value: stage, label: states(`stage.${stage}`) }))}
        />
      </FilterBar>
      <TabBar
        label={t("views")}
        items={[
          { href: { ...here, query: kept }, label: t("list"), current: !map },
          { href: { ...here, query: { ...kept, vista: "mappa" } }, label: t("map"), current: map },
        ]}
      />
      <p role="status" className="mb-4 font-semibold">
        {t("found", { count })}
      </p>
      {count === 0 ? (
        <EmptyState icon="leaf" title={t(filtered ? "none" : "empty")}>
          {t(filtered ? "noneText" : "emptyText")}
        </EmptyState>
      ) : base ? (
        <div className="space-y-4">
          <PlaceMap {...base} places={places} label={t("mapLabel", { municipality: municipality.name })} />
          {found.length < count && <p>{t("onMap", { shown: found.length, count })}</p>}
          {places.length < found.length && <p>{t("unplaced", { count: found.length - places.length })}</p>}
        </div>
      ) : (
        <>
          <CommonsCards municipality={municipality.slug} commons={shown} />
          <Pagination
            page={page}
            pages={pages}
            hrefOf={(to) => ({ ...here, query: { ...kept, ...(to > 1 && { pagina: String(to) }) } })}
          />
        </>
      )}
      <div className="mt-10">
        <FeedLinks municipality={municipality.slug} kind="proposals" />
      </div>
    </>
  );
}
