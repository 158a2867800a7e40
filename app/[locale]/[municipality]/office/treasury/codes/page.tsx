import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { requireMunicipality } from "@/features/municipalities/queries";
import { CodesForm } from "@/features/treasury/codes-form";
import { codesOf } from "@/features/treasury/queries";
import { TreasuryBreadcrumb } from "@/features/treasury/treasury-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("treasury"))("codes"), robots: { index: false } };
}

export default async function CodesPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/treasury/codes">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "treasury:codes")) notFound();
  const [t, codes] = await Promise.all([getTranslations("treasury"), codesOf(istatCode)]);
  return (
    <>
      <TreasuryBreadcrumb municipality={slug} />
      <PageHeading title={t("codes")} lead={t("codesLead")} />
      <CodesForm codes={codes} />
    </>
  );
}
