import { useLocale, useTranslations } from "next-intl";
import { PlaceMap } from "@/components/map/place-map";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { formatNumber } from "@/lib/format";
import { getPathname } from "@/lib/language/navigation";
import type { MapBase } from "./map-queries";
import type { ListedMunicipality } from "./queries";

/** Search, list and map; the address holds the search, so that it can be shared and works without scripts. */
export function MunicipalityChooser({
  search,
  municipalities,
  map,
}: {
  search: string;
  municipalities: ListedMunicipality[];
  map: MapBase;
}) {
  const t = useTranslations("home");
  const locale = useLocale();
  const active = municipalities.filter((municipality) => municipality.active);
  const others = municipalities.filter((municipality) => !municipality.active);
  return (
    <div className="space-y-8">
      <search>
        <form action={getPathname({ locale, href: "/" })} className="max-w-form space-y-2">
          <label htmlFor="name" className="block font-semibold">
            {t("search")}
          </label>
          <div className="flex flex-wrap gap-2">
            <input
              id="name"
              name="nome"
              type="search"
              defaultValue={search}
              maxLength={80}
              autoComplete="off"
              className="min-h-11 min-w-0 grow rounded-smooth border-2 border-control bg-surface px-3 py-2"
            />
            <Button type="submit" icon="search">
              {t("searchButton")}
            </Button>
          </div>
          {search && <p role="status">{t("found", { count: municipalities.length })}</p>}
        </form>
      </search>
      {municipalities.length === 0 && <p>{t("none")}</p>}
      {active.length > 0 && (
        <section aria-labelledby="active" className="space-y-3">
          <h2 id="active">{t("active")}</h2>
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {active.map((municipality) => (
              <li key={municipality.istatCode} className="rounded-smooth border border-line bg-surface p-5">
                <h3>
                  <TextLink
                    href={{ pathname: "/[municipality]", params: { municipality: municipality.slug } }}
                    className="inline-flex min-h-11 items-center"
                  >
                    {municipality.name}
                  </TextLink>
                </h3>
                {municipality.population !== null && (
                  <p className="text-base text-ink-soft">
                    {t("inhabitants", {
                      count: municipality.population,
                      number: formatNumber(municipality.population, locale),
                    })}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {active.length > 0 && (
        <section aria-labelledby="map" className="space-y-3">
          <h2 id="map">{t("map")}</h2>
          <PlaceMap
            label={t("mapLabel")}
            {...map}
            places={active.map(({ istatCode, name, lat, lon, slug }) => ({
              id: istatCode,
              kind: "municipality",
              name,
              lat,
              lon,
              approximate: false,
              href: getPathname({
                locale,
                href: { pathname: "/[municipality]", params: { municipality: slug } },
              }),
            }))}
          />
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="others" className="space-y-3">
          <h2 id="others">
            {t("others")} <span className="font-normal">({formatNumber(others.length, locale)})</span>
          </h2>
          <p className="text-ink-soft">{t("notActive")}</p>
          <Disclosure label={t("showOthers")} icon="list" open={search !== ""}>
            <ul className="columns-2 gap-6 text-base md:columns-3 lg:columns-4">
              {others.map((municipality) => (
                <li key={municipality.istatCode}>{municipality.name}</li>
              ))}
            </ul>
          </Disclosure>
        </section>
      )}
    </div>
  );
}
