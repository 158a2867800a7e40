import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/messages";
import { PendingRefresh } from "@/components/pending-refresh";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Notice } from "@/components/ui/notice";
import { actFields } from "@/features/documents/act-field-queries";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { wallClock } from "@/lib/local-time";
import { can, type Viewer } from "@/lib/permissions";
import { freezeRound } from "./actions";
import { admittedProposals, type DraftRound as Draft } from "./queries";
import { RoundForm } from "./round-form";
import { type RuleChoice, ruleChoices } from "./rule-choices";

/** A round nobody has frozen: freeze it as it is, or change it first. */
export async function DraftRound({
  municipality,
  draft,
  viewer,
}: {
  municipality: { istatCode: string };
  draft: Draft;
  viewer: Viewer;
}) {
  const { words, isOnItsWay, refusal } = draft;
  const [t, errors, locale, proposals] = await Promise.all([
    getTranslations("rounds.office"),
    getTranslations("errors") as Promise<ErrorTranslator>,
    getLocale(),
    admittedProposals(municipality.istatCode, words.call),
  ]);
  if (!can(viewer, municipality.istatCode, "rounds:freeze")) return <p>{t("nothingNow")}</p>;
  if (isOnItsWay)
    return (
      <ClientMessages namespaces={[]}>
        <Notice title={t("pending")} />
        <PendingRefresh pending />
      </ClientMessages>
    );
  const left = proposals.filter(({ id }) => !words.proposals.includes(id));
  const excluding: FormField[] =
    left.length === 0
      ? []
      : [
          { kind: "area", name: "reason", label: t("exclusion.reason"), hint: t("exclusion.reasonHint") },
          ...(await actFields()),
        ];
  return (
    <div className="space-y-10">
      {refusal && (
        <Notice tone="danger" title={t("refused")}>
          {errorSentence(errors, locale, refusal.code, refusal.params)}
        </Notice>
      )}
      <section className="space-y-3">
        <h2>{t("freeze")}</h2>
        <p className="max-w-text">{t("freezeText")}</p>
        {left.length > 0 && (
          <Notice tone="warning" title={t("exclusion.title")}>
            <p>{t("exclusion.text")}</p>
            <ul className="list-disc pl-6">
              {left.map(({ id, title }) => (
                <li key={id}>{title}</li>
              ))}
            </ul>
          </Notice>
        )}
        <ClientMessages namespaces={[]}>
          <FieldsForm
            id="freeze"
            action={freezeRound}
            hidden={{ id: words.id, command: crypto.randomUUID() }}
            fields={excluding}
            submitLabel={t("freeze")}
            submitIcon="lock"
          />
        </ClientMessages>
      </section>
      <section className="space-y-3">
        <h2>{t("edit")}</h2>
        <RoundForm call={words.call} id={words.id} proposals={proposals} initial={initialOf(words)} />
      </section>
    </div>
  );
}

function initialOf(words: Draft["words"]): Record<string, string | string[]> {
  return {
    ...{ title: words.title, summary: words.summary, ballotType: words.ballotType },
    ...{ least: String(words.least), most: String(words.most), rule: choiceOf(words.rule) },
    budget: `${words.budgetCents / 100n},${String(words.budgetCents % 100n).padStart(2, "0")}`,
    ...{ proposals: words.proposals, opensOn: words.opensOn },
    closesAt: wallClock(words.closesAt),
    requiredAttestations: String(words.requiredAttestations),
    objectionDays: String(words.objectionDays),
  };
}

/** The name of the choice a stored rule came from. */
function choiceOf(rule: unknown): RuleChoice {
  const stored = rule as Record<string, unknown>;
  const names = Object.keys(ruleChoices) as RuleChoice[];
  const matching = names.filter((name) =>
    Object.entries(ruleChoices[name]).every(([member, value]) => stored[member] === value),
  );
  return matching.at(-1) ?? "equal_shares";
}
