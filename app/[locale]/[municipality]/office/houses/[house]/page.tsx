import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { ActionButton } from "@/components/ui/action-button";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Renewing } from "@/components/ui/form/renewing";
import { TextLink } from "@/components/ui/link";
import { Task } from "@/components/ui/task";
import { removeHouse } from "@/features/houses/actions";
import { HouseHistory } from "@/features/houses/house-forms";
import { HousePlaceForm } from "@/features/houses/place-form";
import { houseHistory, mayRemoveHouse } from "@/features/houses/queries";
import { houseBySlug } from "@/features/municipalities/house-queries";
import { mapBase } from "@/features/municipalities/map-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/houses/[house]">;

async function requireHouse({ params }: Props) {
  const { municipality: path, house: slug } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await requireOfficial(municipality.istatCode);
  if (!can(viewer, municipality.istatCode, "site:manage")) notFound();
  const house = await houseBySlug(municipality.istatCode, slug);
  if (!house) notFound();
  return { municipality, house };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { house } = await requireHouse(props);
  const t = await getTranslations("houses.edit");
  return { title: t("title", { house: house.name }), robots: { index: false } };
}

/** What a Casa is called and where it is, and its removal; its hours, people and events are its coordinators'. */
export default async function OfficeHousePage(props: Props) {
  const { municipality, house } = await requireHouse(props);
  const { slug, istatCode } = municipality;
  const position = house.lat === null || house.lon === null ? [] : [{ lat: house.lat, lon: house.lon }];
  const [office, edit, t, { changes, placeSeen }, isRemovable, { credit: _, ...map }] = await Promise.all([
    getTranslations("office"),
    getTranslations("houses.edit"),
    getTranslations("housePlaces"),
    houseHistory(istatCode, house.id),
    mayRemoveHouse(istatCode, house.id),
    mapBase(istatCode, municipality, position),
  ]);
  const text = (value: number | null) => (value === null ? "" : String(value));
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office", params: { municipality: slug } },
            label: office("title"),
          },
          {
            href: { pathname: "/[municipality]/office/houses", params: { municipality: slug } },
            label: office("houses"),
          },
        ]}
      />
      <PageHeading title={edit("title", { house: house.name })} lead={t("editLead")} />
      <p className="mb-6">
        <TextLink
          href={{
            pathname: "/[municipality]/houses/[house]",
            params: { municipality: slug, house: house.slug },
          }}
        >
          {t("seePage")}
        </TextLink>
      </p>
      <div className="space-y-10">
        <ClientMessages namespaces={["housePlaces"]}>
          <Renewing revision={placeSeen}>
            <HousePlaceForm
              house={{
                ...{ slug: house.slug, revision: placeSeen, name: house.name, address: house.address },
                ...{ district: text(house.district), lat: text(house.lat), lon: text(house.lon) },
              }}
              map={map}
            />
          </Renewing>
          {isRemovable && (
            <Task title={t("remove")}>
              <p id="removal">{t("removeText")}</p>
              <ActionButton
                action={removeHouse}
                fields={{ house: house.slug }}
                icon="x-circle"
                describedBy="removal"
              >
                {t("removeThis", { house: house.name })}
              </ActionButton>
            </Task>
          )}
        </ClientMessages>
        <HouseHistory changes={changes} />
      </div>
    </>
  );
}
