import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { requireMunicipality } from "@/features/municipalities/queries";
import { MineSections } from "@/features/people/mine-sections";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mine"))("title"), robots: { index: false } };
}

export default async function MinePage({ params }: PageProps<"/[locale]/[municipality]/mine">) {
  const municipality = await requireMunicipality((await params).municipality);
  await requireViewer();
  const t = await getTranslations("mine");
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead", { municipality: municipality.name })} />
      <MineSections municipality={municipality.slug} current="overview" />
    </>
  );
}
