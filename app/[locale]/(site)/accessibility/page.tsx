import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LegalText } from "@/components/layout/legal-text";
import { PageHeading } from "@/components/layout/page-heading";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("accessibility"))("title") };
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
