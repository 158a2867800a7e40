import { useTranslations } from "next-intl";
import { TabBar } from "@/components/ui/tab-bar";

export function MineSections({
  municipality,
  current,
  keys,
}: {
  municipality: string;
  /** Whether the person is in the register of people in office, and so needs keys. */
  keys: boolean;
  current: "overview" | "acts" | "data" | "keys";
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
          href: { pathname: "/[municipality]/mine/acts", params },
          label: t("acts"),
          current: current === "acts",
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
