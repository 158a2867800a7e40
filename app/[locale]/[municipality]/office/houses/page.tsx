import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { Card, CardList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Task } from "@/components/ui/task";
import { HousePlaceForm } from "@/features/houses/place-form";
import { listHouses } from "@/features/municipalities/house-queries";
import { mapBase } from "@/features/municipalities/map-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("houses"), robots: { index: false } };
}

/** The Case of a Comune, and a form for another one. */
export default async function OfficeHousesPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/houses">) {
  const municipality = await requireMunicipality((await params).municipality);
  const { slug, istatCode } = municipality;
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "site:manage")) notFound();
  const [office, t, of, houses, { credit: _, ...map }] = await Promise.all([
    getTranslations("office"),
    getTranslations("housePlaces"),
    getTranslations("houses"),
    listHouses(istatCode),
    mapBase(istatCode, municipality, []),
  ]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("houses")} lead={t("lead")} />
      <ClientMessages namespaces={["housePlaces"]}>
        <div className="space-y-10">
          {houses.length === 0 && (
            <EmptyState icon="house" title={of("none")}>
              {t("noneText")}
            </EmptyState>
          )}
          <CardList>
            {houses.map(({ slug: house, name, address, district }) => (
              <li key={house}>
                <Card
                  level={2}
                  title={name}
                  href={{
                    pathname: "/[municipality]/office/houses/[house]",
                    params: { municipality: slug, house },
                  }}
                >
                  <p className="text-base">{address}</p>
                  {district !== null && (
                    <p className="text-base text-ink-soft">{of("district", { number: district })}</p>
                  )}
                </Card>
              </li>
            ))}
          </CardList>
          <Task title={t("new")} open={houses.length === 0}>
            <HousePlaceForm map={map} />
          </Task>
        </div>
      </ClientMessages>
    </>
  );
}
