import { useTranslations } from "next-intl";
import { daysBetween } from "@/lib/format";

/** How far off a day is by the ledger's own day, both `YYYY-MM-DD`: deadlines are read by it, not by a clock. */
export function DaysLeft({ until, day }: { until: string; day: string }) {
  const t = useTranslations("time");
  const days = daysBetween(day, until);
  if (days === 0) return <strong>{t("today")}</strong>;
  if (days > 0) return t("daysLeft", { count: days });
  return <strong className="text-danger">{t("daysLate", { count: -days })}</strong>;
}
