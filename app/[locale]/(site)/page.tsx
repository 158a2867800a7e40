import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { metropolitanMap } from "@/features/municipalities/map-queries";
import { MunicipalityChooser } from "@/features/municipalities/municipality-chooser";
import { listMunicipalities } from "@/features/municipalities/queries";
import { pageMetadata } from "@/lib/page-metadata";
import { searchText } from "@/lib/text-field";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  const title = t("tagline");
  const metadata = await pageMetadata({ href: "/", title, description: t("description") });
  // The start is named after the site alone.
  return { ...metadata, title: { absolute: `Co-City — ${title}` } };
}

export default async function HomePage({ searchParams }: PageProps<"/[locale]">) {
  const t = await getTranslations("home");
  const { nome } = await searchParams;
  const search = searchText(80).parse(nome) ?? "";
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <MunicipalityChooser
        search={search}
        municipalities={await listMunicipalities(search)}
        map={await metropolitanMap()}
      />
    </>
  );
}
