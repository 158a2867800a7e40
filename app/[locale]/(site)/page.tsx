import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { MunicipalityChooser } from "@/features/municipalities/municipality-chooser";
import { listMunicipalities } from "@/features/municipalities/queries";

export default async function HomePage({ searchParams }: PageProps<"/[locale]">) {
  const t = await getTranslations("home");
  const { nome } = await searchParams;
  const search = typeof nome === "string" ? nome.trim().slice(0, 80) : "";
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <MunicipalityChooser search={search} municipalities={await listMunicipalities(search)} />
    </>
  );
}
