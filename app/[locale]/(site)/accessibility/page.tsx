import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LegalText } from "@/components/layout/legal-text";
import { PageHeading } from "@/components/layout/page-heading";
import { pageMetadata } from "@/lib/page-metadata";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accessibility");
  return pageMetadata({ href: "/accessibility", title: t("title"), description: t("lead") });
}

export default async function AccessibilityPage() {
  const t = await getTranslations("accessibility");
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <LegalText
        sections={(["state", "notAccessible", "tested", "feedback", "enforcement"] as const).map(
          (section) => ({
            title: t(`${section}.title`),
            text: t(`${section}.text`),
          }),
        )}
      />
    </>
  );
}
