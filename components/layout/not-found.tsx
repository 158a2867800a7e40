import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/link";
import { PageHeading } from "./page-heading";

export async function notFoundMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("errorPages"))("notFoundTitle"), robots: { index: false } };
}

export function NotFound() {
  const t = useTranslations("errorPages");
  return (
    <PageHeading
      title={t("notFoundTitle")}
      lead={t("notFoundText")}
      actions={
        <ButtonLink href="/" icon="arrow-left">
          {t("toStart")}
        </ButtonLink>
      }
    />
  );
}
