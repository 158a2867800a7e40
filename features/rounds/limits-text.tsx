import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/lib/format";
import type { BallotRules } from "@/protocol/records/rounds";
import { limitsKind } from "./rules";

/** What a ballot may say, or could say where the vote is over, a sentence for each of its limits. */
export function LimitsText({ ballot, isOver = false }: { ballot: BallotRules; isOver?: boolean }) {
  const t = useTranslations("rounds");
  const limits = useTranslations("rounds.limits");
  const locale = useLocale();
  const { type, least, most, mostCents, points, groups = [] } = ballot;
  const numbers = new Intl.ListFormat(locale, { type: "conjunction" });
  return (
    <>
      <p>{t(isOver ? "choicesOver" : "choices", { least, most, rule: limitsKind(ballot) })}</p>
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
