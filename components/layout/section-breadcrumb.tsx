"use client";

import { useSelectedLayoutSegments } from "next/navigation";
import { useTranslations } from "next-intl";
import { Breadcrumb } from "@/components/ui/breadcrumb";

/** The way home from the first page of a section. Pages further down have a longer way of their own. */
export function SectionBreadcrumb({ municipality }: { municipality?: string }) {
  const t = useTranslations("ui");
  const [section, below, ...more] = useSelectedLayoutSegments();
  if (section === undefined) return null;
  const isUnknown = section.includes("/");
  const params = { municipality: municipality ?? "" };
  if (section === "mine" && below && more.length === 0)
    return <Breadcrumb items={[{ href: { pathname: "/[municipality]/mine", params }, label: t("mine") }]} />;
  if (below && !isUnknown) return null;
  const href = municipality ? ({ pathname: "/[municipality]", params } as const) : "/";
  return <Breadcrumb items={[{ href, label: t("home") }]} />;
}
