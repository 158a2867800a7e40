import { useTranslations } from "next-intl";
import { Breadcrumb } from "@/components/ui/breadcrumb";

/** The way back to the treasury's page from those below it. */
export function TreasuryBreadcrumb({ municipality }: { municipality: string }) {
  const t = useTranslations("office");
  const params = { municipality };
  return (
    <Breadcrumb
      items={[
        { href: { pathname: "/[municipality]/office", params }, label: t("title") },
        { href: { pathname: "/[municipality]/office/treasury", params }, label: t("treasury") },
      ]}
    />
  );
}
