import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";

/** Stands on every page of a municipality whose people, amounts and dates are invented, on paper too. */
export function DemoNotice() {
  const t = useTranslations("municipality");
  return (
    <aside aria-label={t("demo")} className="border-warning border-b bg-warning-soft text-warning">
      <p className="mx-auto flex max-w-page items-start gap-2 px-4 py-2 text-base">
        <span className="pt-0.5">
          <Icon name="info" size="small" />
        </span>
        <span>
          <strong>{t("demo")}.</strong> {t("demoText")}
        </span>
      </p>
    </aside>
  );
}
