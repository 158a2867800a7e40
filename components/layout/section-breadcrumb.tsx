import { useTranslations } from "next-intl";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { SectionPlace } from "./section-place";

/** The way home from the first page of a section. Pages further down have a longer way of their own. */
export function SectionBreadcrumb({ municipality }: { municipality?: string }) {
  const t = useTranslations("ui");
  const params = { municipality: municipality ?? "" };
  const home = municipality === undefined ? "/" : ({ pathname: "/[municipality]", params } as const);
  const mine = { pathname: "/[municipality]/mine", params } as const;
  return (
    <SectionPlace
      first={<Breadcrumb items={[{ href: home, label: t("home") }]} />}
      belowMine={municipality !== undefined && <Breadcrumb items={[{ href: mine, label: t("mine") }]} />}
    />
  );
}
