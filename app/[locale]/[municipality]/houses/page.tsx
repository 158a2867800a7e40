import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { PlaceMap } from "@/components/map/place-map";
import { Card, CardList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TermHelp } from "@/features/glossary/term-help";
import { listHouses } from "@/features/municipalities/house-queries";
import { mapBase } from "@/features/municipalities/map-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { getPathname } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";
import { placePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/houses">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const [t, locale] = await Promise.all([getTranslations("houses"), getLocale()]);
  return pageMetadata({
    href: { pathname: "/[municipality]/houses", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("lead", placePhrases("municipality", name, locale)),
  });
}

export default async function HousesPage({ params }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const { slug, istatCode, name } = municipality;
  const t = await getTranslations("houses");
  const locale = await getLocale();
  const houses = await listHouses(istatCode);
  const hrefOf = (house: string) => ({
    pathname: "/[municipality]/houses/[house]" as const,
    params: { municipality: slug, house },
  });
  const places = houses.flatMap(({ id, slug: path, name: label, address, lat, lon }) =>
    lat === null || lon === null
      ? []
      : [
          {
            ...{ id, kind: "house" as const, name: label, lat, lon, approximate: false, note: address },
            href: getPathname({ locale, href: hrefOf(path) }),
          },
        ],
  );
  const base = await mapBase(istatCode, municipality, places);
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead", placePhrases("municipality", name, locale))} />
      <TermHelp terms={["house"]} />
      {houses.length === 0 && (
        <EmptyState icon="house" title={t("none")}>
          {t("noneText")}
        </EmptyState>
      )}
      <div className="space-y-10">
        <CardList>
          {houses.map((house) => (
            <li key={house.id}>
              <Card level={2} title={house.name} href={hrefOf(house.slug)}>
                <p className="text-base">{house.address}</p>
                {house.district !== null && (
                  <p className="text-base text-ink-soft">{t("district", { number: house.district })}</p>
                )}
              </Card>
            </li>
          ))}
        </CardList>
        {places.length > 0 && (
          <PlaceMap {...base} landmarks={[]} places={places} label={t("mapLabel", { municipality: name })} />
        )}
      </div>
    </>
  );
}
