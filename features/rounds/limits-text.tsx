import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/lib/format";
import type { BallotRules } from "@/protocol/records/rounds";
import { limitsKind } from "./rules";

/** What a ballot may say, a sentence for each of its limits. */
export function LimitsText({ ballot }: { ballot: BallotRules }) {
  const t = useTranslations("rounds");
  const limits = useTranslations("rounds.limits");
  const locale = useLocale();
  const { type, least, most, mostCents, points, groups = [] } = ballot;
  const numbers = new Intl.ListFormat(locale, { type: "conjunction" });
  return (
    <>
      <p>{t("choices", { least, most, rule: limitsKind(ballot) })}</p>
      {type === "ranking" && <p>{limits("ranking", { most })}</p>}
      {mostCents !== undefined && <p>{limits("knapsack", { amount: formatMoney(mostCents, locale) })}</p>}
      {points && <p>{limits("points", points)}</p>}
      {groups.map((group) => (
        <p key={group.numbers[0]}>
          {limits("group", { numbers: numbers.format(group.numbers.map(String)), most: group.most })}
        </p>
      ))}
    </>
  );
}
