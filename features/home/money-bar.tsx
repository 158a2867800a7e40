import { useTranslations } from "next-intl";
import { PartsBar } from "@/components/charts/parts-bar";

type Totals = { budgetCents: bigint; committedCents: bigint; paidCents: bigint };

/** This year's money as one bar: paid, committed and not yet paid, still free. */
export function MoneyBar({ totals: { budgetCents, committedCents, paidCents } }: { totals: Totals }) {
  const t = useTranslations("municipality.moneyParts");
  return (
    <PartsBar
      parts={[
        { label: t("paid"), cents: paidCents, fill: "fill-success" },
        { label: t("committed"), cents: committedCents - paidCents, fill: "fill-primary" },
        { label: t("left"), cents: budgetCents - committedCents, fill: "fill-line" },
      ]}
    />
  );
}
