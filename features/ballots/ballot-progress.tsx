"use client";

import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { formatMoney } from "@/lib/format";
import type { BallotRules } from "@/protocol/records/rounds";

/** How many are chosen and what they cost together, said while choosing. Before any script the review says it. */
export function BallotProgress({
  form,
  costs,
  ballot: { least, most, mostCents, points },
  budgetCents,
}: {
  form: RefObject<HTMLFormElement | null>;
  costs: Readonly<Record<string, number>>;
  ballot: BallotRules;
  budgetCents: number;
}) {
  const t = useTranslations("ballotPaper");
  const locale = useLocale();
  const [chosen, setChosen] = useState<readonly string[]>();
  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const read = () => setChosen(new FormData(element).getAll("choices").map(String).filter(Boolean));
    read();
    element.addEventListener("change", read);
    return () => element.removeEventListener("change", read);
  }, [form]);
  if (!chosen) return <noscript>{t("atReview")}</noscript>;
  const count = chosen.length;
  const cents = chosen.reduce((sum, mark) => sum + (costs[mark.split(":")[0] ?? ""] ?? 0), 0);
  const given = points && chosen.reduce((sum, mark) => sum + Number(mark.split(":")[1] ?? 0), 0);
  const places = chosen.flatMap((mark) => (points ? [] : (mark.split(":")[1] ?? [])));
  return (
    <p
      role="status"
      className="sticky bottom-0 border-primary border-t-2 bg-surface py-3 font-semibold tabular-nums print:hidden"
    >
      {t("chosen", { count, most })}{" "}
      <span className="inline-block font-normal">
        {t("cost", {
          cost: formatMoney(cents, locale),
          budget: formatMoney(mostCents ?? budgetCents, locale),
        })}
      </span>{" "}
      {points && given !== undefined && (
        <span className={given > points.total ? "inline-block text-danger" : "inline-block"}>
          {t("pointsGiven", { given, total: points.total })}
        </span>
      )}
      {new Set(places).size < places.length && (
        <span className="inline-block text-danger">{t("samePlace")}</span>
      )}
      {mostCents !== undefined && cents > mostCents && (
        <span className="inline-block text-danger">{t("tooCostly")}</span>
      )}
      {count > most && <span className="inline-block text-danger">{t("over", { over: count - most })}</span>}
      {count > 0 && count < least && (
        <span className="inline-block">{t("under", { missing: least - count })}</span>
      )}
    </p>
  );
}
