import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LegalText } from "@/components/layout/legal-text";
import { PageHeading } from "@/components/layout/page-heading";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { anprState } from "@/lib/anpr/settings";
import { pageMetadata } from "@/lib/page-metadata";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("privacy");
  return pageMetadata({ href: "/privacy", title: t("title"), description: t("lead") });
}

export default async function PrivacyPage() {
  const [t, mail] = [await getTranslations("privacy"), await getTranslations("notifications.mailPages")];
  const sections = [
    "controller",
    "data",
    "ledger",
    "votes",
    "pictures",
    "told",
    "cookies",
    "rights",
  ] as const;
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <LegalText
        sections={sections.map((section) => ({
          title: t(`${section}.title`),
          text: [
            t(`${section}.text`),
            ...(section === "told" && mailMode() !== "off" ? [mail("privacy")] : []),
            ...(section === "data" && anprState() === "ready" ? [t("anpr")] : []),
          ].join(" "),
        }))}
      />
    </>
  );
}
