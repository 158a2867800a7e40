import { useTranslations } from "next-intl";
import { TabBar } from "@/components/ui/tab-bar";

export function MineSections({
  municipality,
  current,
}: {
  municipality: string;
  current: "overview" | "data";
}) {
  const t = useTranslations("mine.sections");
  const params = { municipality };
  return (
    <TabBar
      label={t("label")}
      items={[
        {
          href: { pathname: "/[municipality]/mine", params },
          label: t("overview"),
          current: current === "overview",
        },
        {
          href: { pathname: "/[municipality]/mine/data", params },
          label: t("data"),
          current: current === "data",
        },
      ]}
    />
  );
}
