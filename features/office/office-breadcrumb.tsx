import { useTranslations } from "next-intl";
import { Breadcrumb } from "@/components/ui/breadcrumb";

/** The way back to the office from the pages right below it. */
export function OfficeBreadcrumb({ municipality }: { municipality: string }) {
  const t = useTranslations("office");
  return (
    <Breadcrumb
      items={[{ href: { pathname: "/[municipality]/office", params: { municipality } }, label: t("title") }]}
    />
  );
}
