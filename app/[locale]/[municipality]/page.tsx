import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { requireMunicipality } from "@/features/municipalities/queries";

export async function generateMetadata({ params }: PageProps<"/[locale]/[municipality]">) {
  return { title: (await requireMunicipality((await params).municipality)).name };
}

export default async function MunicipalityPage({ params }: PageProps<"/[locale]/[municipality]">) {
  const municipality = await requireMunicipality((await params).municipality);
  const t = await getTranslations("site");
  return <PageHeading title={municipality.name} lead={t("tagline")} />;
}
