import { useLocale, useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import { Identifier } from "@/components/ui/identifier";
import { formatNumber } from "@/lib/format";
import type { RecordOf } from "@/protocol/records";
import { ruleOf } from "./counting";
import { RuleExplained } from "./rule-explained";

/** How a round decides, in words, with the digests that let anyone check that it stayed so. */
export function RulesText({ round }: { round: RecordOf<"round"> }) {
  const t = useTranslations("rounds.rules");
  const sealed = useTranslations("sealedPages.rules");
  const isSecret = round.ballotKind === "sealed";
  const locale = useLocale();
  return (
    <section className="max-w-text space-y-3">
      <h2>{t("title")}</h2>
      <p>
        <RuleSentence round={round} />
      </p>
      <RuleExplained rule={ruleOf(round.rule)} />
      <p>{isSecret ? sealed("ties") : round.ties ? t("ties") : t("tiesByNumber")}</p>
      <p>{isSecret ? sealed("ballot") : t("openBallot")}</p>
      <p>{t("again")}</p>
      <p>{t("frozen")}</p>
      <p>{t("attestations", { count: round.requiredAttestations })}</p>
      <p>{t("roll", { roll: formatNumber(round.rollSize, locale) })}</p>
      <Disclosure label={t("digests")} icon="seal" quiet>
        <div className="space-y-2 text-base text-ink-soft">
          <p>
            {t("rollDigest")} <Identifier value={round.rollRoot} />
          </p>
          <p>
            {t("digest")} <Identifier value={round.frozenDigest} />
          </p>
        </div>
      </Disclosure>
    </section>
  );
}

/** The rule by which the money is given, in one sentence. */
export function RuleSentence({ round }: { round: Pick<RecordOf<"round">, "rule"> }) {
  const t = useTranslations("rounds.rules");
  const { rule } = ruleOf(round.rule);
  return t(rule === "mes" ? "equal_shares" : rule);
}
