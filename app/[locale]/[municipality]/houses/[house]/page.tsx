import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DefinitionList } from "@/components/ui/definition-list";
import { PlainLink } from "@/components/ui/link";
import { CommonsCards } from "@/features/commons/commons-cards";
import { listCommons } from "@/features/commons/queries";
import { houseBySlug } from "@/features/municipalities/house-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/houses/[house]">;

async function requireHouse({ params }: Props) {
  const { municipality: path, house: slug } = await params;
  const municipality = await requireMunicipality(path);
  return { municipality, house: (await houseBySlug(municipality.istatCode, slug)) ?? notFound() };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { municipality, house } = await requireHouse(props);
  return pageMetadata({
    href: {
      pathname: "/[municipality]/houses/[house]",
      params: { municipality: municipality.slug, house: house.slug },
    },
    title: `${house.name} — ${municipality.name}`,
    description: house.address,
  });
}

/** A neighbourhood house: where and when, what one can do there, the commons around it. */
export default async function HousePage(props: Props) {
  const { municipality, house } = await requireHouse(props);
  const t = await getTranslations("houses");
  const { district } = house;
  const commons = district === null ? [] : await listCommons(municipality.istatCode, { district });
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/houses", params: { municipality: municipality.slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={house.name} />
      <div className="space-y-10">
        <DefinitionList
          items={[
            { term: t("address"), description: house.address },
            { term: t("hours"), description: house.hours ?? t("noHours") },
            {
              term: t("contact"),
              description: house.email ? (
                <PlainLink href={`mailto:${house.email}`}>{house.email}</PlainLink>
              ) : (
                t("noContact")
              ),
            },
            ...(house.source ? [{ term: t("source"), description: house.source }] : []),
          ]}
        />
        <section aria-labelledby="help" className="space-y-3">
          <h2 id="help">{t("help")}</h2>
          <ul className="max-w-text list-disc space-y-1 pl-6">
            <li>{t("help1")}</li>
            <li>{t("help2")}</li>
            <li>{t("help3")}</li>
          </ul>
        </section>
        {district !== null && (
          <section aria-labelledby="commons" className="space-y-4">
            <h2 id="commons">{t("commons", { number: district })}</h2>
            {commons.length === 0 ? (
              <p>{t("noCommons")}</p>
            ) : (
              <CommonsCards municipality={municipality.slug} commons={commons} level={3} />
            )}
          </section>
        )}
      </div>
    </>
  );
}
