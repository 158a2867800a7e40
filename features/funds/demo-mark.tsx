import { useTranslations } from "next-intl";

/** Stands beside every invented amount. */
export function DemoMark({ fictional }: { fictional: boolean }) {
  const t = useTranslations("funds");
  return fictional ? <span className="text-base text-ink-soft">({t("demo")})</span> : null;
}
