import { useTranslations } from "next-intl";

/** Stands beside every invented amount. */
export function DemoMark({ fictional }: { fictional: boolean }) {
  const t = useTranslations("ui");
  return fictional ? <span className="text-base text-ink-soft">({t("fictional")})</span> : null;
}
