"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/lib/format";

/** Why a ballot would be void, said while it can still be changed. */
export function ProblemText({
  problem: { code, details },
}: {
  problem: { readonly code: string; readonly details: Readonly<Record<string, string>> };
}) {
  const t = useTranslations("sealedVoting.problems");
  const locale = useLocale();
  const isCost = code === "cost-too-high" || code === "cost-too-low";
  const values = isCost
    ? Object.fromEntries(
        Object.entries(details).map(([name, cents]) => [name, formatMoney(Number(cents), locale)]),
      )
    : details;
  return <p>{t((t.has(code as "no-choice") ? code : "other") as "no-choice", values as never)}</p>;
}
