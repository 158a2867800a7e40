import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("offline"))("title"), robots: { index: false } };
}

/** Kept by the service worker and shown where the network does not answer. */
export default async function OfflinePage() {
  const t = await getTranslations("offline");
  return <PageHeading title={t("title")} lead={t("text")} />;
}
