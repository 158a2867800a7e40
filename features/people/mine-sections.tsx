import { useTranslations } from "next-intl";
import { TabBar } from "@/components/ui/tab-bar";

export function MineSections({
  municipality,
  current,
  keys,
}: {
  municipality: string;
  /** Whether the person signs something, and so needs keys. */
  keys: boolean;
  current: "overview" | "notifications" | "acts" | "reports" | "data" | "keys";
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
          href: { pathname: "/[municipality]/mine/notifications", params },
          label: t("notifications"),
          current: current === "notifications",
        },
        {
          href: { pathname: "/[municipality]/mine/acts", params },
          label: t("acts"),
          current: current === "acts",
        },
        {
          href: { pathname: "/[municipality]/mine/reports", params },
          label: t("reports"),
          current: current === "reports",
        },
        {
          href: { pathname: "/[municipality]/mine/data", params },
          label: t("data"),
          current: current === "data",
        },
        ...(keys
          ? [
              {
                href: { pathname: "/[municipality]/mine/keys" as const, params },
                label: t("keys"),
                current: current === "keys",
              },
            ]
          : []),
      ]}
    />
  );
}
