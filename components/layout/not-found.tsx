import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/link";
import { PageHeading } from "./page-heading";

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
