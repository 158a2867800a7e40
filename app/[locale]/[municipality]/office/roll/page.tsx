import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { RollForm } from "@/features/people/roll-form";
import { rollSize } from "@/features/people/roll-queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("roll"), robots: { index: false } };
}

export default async function RollPage({ params }: PageProps<"/[locale]/[municipality]/office/roll">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "roll:change")) notFound();
  const [office, t, count] = await Promise.all([
    getTranslations("office"),
    getTranslations("people.roll"),
    rollSize(istatCode),
  ]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("roll")} lead={t("count", { count })} />
      <RollForm />
    </>
  );
}
