import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { HouseForms, HouseHistory } from "@/features/houses/house-forms";
import { houseDetails, houseHistory } from "@/features/houses/queries";
import { mayEditHouse } from "@/features/houses/rules";
import { houseBySlug } from "@/features/municipalities/house-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/houses/[house]/edit">;

async function requireOwnHouse({ params }: Props) {
  const { municipality: path, house: slug } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await requireOfficial(municipality.istatCode);
  const house = await houseBySlug(municipality.istatCode, slug);
  if (!house || !mayEditHouse(viewer, municipality.istatCode, house)) notFound();
  return { municipality, house };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { house } = await requireOwnHouse(props);
  const t = await getTranslations("houses.edit");
  return { title: t("title", { house: house.name }), robots: { index: false } };
}

/** The page of a house, as those who run it change it. */
export default async function EditHousePage(props: Props) {
  const { municipality, house } = await requireOwnHouse(props);
  const { slug, istatCode } = municipality;
  const [t, houses, { people, events }, { changes, seen }] = await Promise.all([
    getTranslations("houses.edit"),
    getTranslations("houses"),
    houseDetails(istatCode, house.id),
    houseHistory(istatCode, house.id),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/houses", params: { municipality: slug } },
            label: houses("title"),
          },
          {
            href: {
              pathname: "/[municipality]/houses/[house]",
              params: { municipality: slug, house: house.slug },
            },
            label: house.name,
            written: true,
          },
        ]}
      />
      <PageHeading title={t("title", { house: house.name })} lead={t("lead")} />
      <div className="space-y-10">
        <HouseForms house={house} people={people} events={events} seen={seen} />
        <HouseHistory changes={changes} />
      </div>
    </>
  );
}
