import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/lib/format";
import type { KeptCount } from "./kept-count";

const ofSealed = ["missing", "not_made_again", "malformed", "unreadable", "recognisable"] as const;

/** How many ballots are void, and how many for which reason. */
export function VoidBallots({ count, voided }: { count: number; voided: KeptCount["voided"] }) {
  const t = useTranslations("rounds.outcome.voidReasons");
  const locale = useLocale();
  const reasons = Map.groupBy(voided, ({ code }) => ofSealed.find((name) => name === code) ?? "limits");
  return (
    <>
      {formatNumber(count, locale)}
      {[...reasons].map(([reason, ballots]) => (
        <span key={reason} className="block text-base">
          {t(reason, { count: ballots.length })}
        </span>
      ))}
    </>
  );
}
