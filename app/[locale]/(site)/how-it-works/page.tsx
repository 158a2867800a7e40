import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { WorkflowSections } from "@/features/workflow/workflow-sections";
import { pageMetadata } from "@/lib/page-metadata";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("workflow.page");
  return pageMetadata({ href: "/how-it-works", title: t("title"), description: t("lead") });
}

/** The workflow table, drawn and written out. */
export default async function HowItWorksPage() {
  const t = await getTranslations("workflow.page");
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <WorkflowSections />
    </>
  );
}
