import { useLocale, useTranslations } from "next-intl";
import { Identifier } from "@/components/ui/identifier";
import { formatNumber } from "@/lib/format";
import type { RecordOf } from "@/protocol/records";
import { ruleOf } from "./counting";

/** How a round decides, in words, with the digests that let anyone check that it stayed so. */
export function RulesText({ round }: { round: RecordOf<"round"> }) {
  const t = useTranslations("rounds.rules");
  const name = useTranslations("allocation.rule");
  const locale = useLocale();
  const { rule } = ruleOf(round.rule);
  return (
    <section className="max-w-text space-y-3">
      <h2>{t("title")}</h2>
      <p>
        {rule === "mes"
          ? t("equal_shares")
          : rule === "greedy"
            ? t("greedy")
            : t("other", { name: name(rule) })}
      </p>
      <p>{round.ties ? t("ties") : t("tiesByNumber")}</p>
      <p>{t("openBallot")}</p>
      <p>{t("again")}</p>
      <p>{t("frozen")}</p>
      <p>{t("attestations", { count: round.requiredAttestations })}</p>
      <p className="text-base text-ink-soft">
        {t("roll", { roll: formatNumber(round.rollSize, locale) })} <Identifier value={round.rollRoot} />
      </p>
      <p className="text-base text-ink-soft">
        {t("digest")} <Identifier value={round.frozenDigest} />
      </p>
    </section>
  );
}
