import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { requireMunicipality } from "@/features/municipalities/queries";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("municipality");
  return pageMetadata({
    href: { pathname: "/[municipality]", params: { municipality: slug } },
    title: name,
    description: t("description", { name }),
  });
}

export default async function MunicipalityPage({ params }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const t = await getTranslations("municipality");
  return <PageHeading title={t("title", { name: municipality.name })} lead={t("lead")} />;
}
