import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import type { RuleName } from "@/voting/allocation/rule-spec";

/** What of a rule its explanation depends on. */
export type ExplainedRule = {
  rule: RuleName;
  completion?: string;
  comparison?: boolean;
  weight?: string;
  threshold?: string | null;
};

/** How a rule works, in plain sentences, wherever its name stands. */
export function RuleExplained({ rule, label }: { rule: ExplainedRule; label?: string }) {
  const t = useTranslations("rounds.how");
  return (
    <Disclosure label={label ?? t("label")} icon="info" quiet>
      <RuleSentences rule={rule} />
    </Disclosure>
  );
}

export function RuleSentences({
  rule: { rule, completion, comparison, weight = "", threshold },
}: {
  rule: ExplainedRule;
}) {
  const t = useTranslations("rounds.how");
  return (
    <div className="max-w-text space-y-2">
      <p>{t(rule, { weight })}</p>
      {threshold && <p>{t("threshold", { votes: Number(threshold) })}</p>}
      {completion === "add1u" && <p>{t("completion")}</p>}
      {comparison && <p>{t("comparison")}</p>}
    </div>
  );
}
