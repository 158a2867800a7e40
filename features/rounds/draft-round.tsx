import { getLocale, getTranslations } from "next-intl/server";
import { PendingRefresh } from "@/components/pending-refresh";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Italian } from "@/components/ui/italian";
import { Notice } from "@/components/ui/notice";
import { actFields } from "@/features/documents/act-field-queries";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { formatMoney, formatNumber } from "@/lib/format";
import { wallClock } from "@/lib/local-time";
import { can, type Viewer } from "@/lib/permissions";
import { freezeRound } from "./actions";
import { FreezeSummary } from "./freeze-summary";
import { admittedProposals, type DraftRound as Draft, peopleOnRoll } from "./queries";
import { RoundForm } from "./round-form";
import { type RuleChoice, ruleChoices } from "./rule-choices";

/** A round nobody has frozen: freeze it as it is, or change it first. */
export async function DraftRound({
  municipality,
  draft,
  viewer,
  sealed,
}: {
  municipality: { istatCode: string };
  draft: Draft;
  viewer: Viewer;
  /** Whether it was announced with sealed ballots. */
  sealed: boolean;
}) {
  const { words, isOnItsWay, refusal } = draft;
  const [t, sealedOffice, errors, locale, proposals, roll] = await Promise.all([
    getTranslations("rounds.office"),
    getTranslations("sealedOffice"),
    getTranslations("errors") as Promise<ErrorTranslator>,
    getLocale(),
    admittedProposals(municipality.istatCode, words.call),
    peopleOnRoll(municipality.istatCode),
  ]);
  if (!can(viewer, municipality.istatCode, "rounds:freeze")) return <p>{t("nothingNow")}</p>;
  if (isOnItsWay)
    return (
      <>
        <Notice title={t("pending")} />
        <PendingRefresh pending />
      </>
    );
  const left = proposals.filter(({ id }) => !words.proposals.includes(id));
  const excluding: FormField[] =
    left.length === 0
      ? []
      : [
          { kind: "area", name: "reason", label: t("exclusion.reason"), hint: t("exclusion.reasonHint") },
          ...(await actFields()),
        ];
  const freezing = (
    <>
      <p className="max-w-text">{t("freezeText")}</p>
      <FreezeSummary
        words={words}
        projects={words.proposals.flatMap((id) => proposals.find((proposal) => proposal.id === id) ?? [])}
        roll={roll}
      />
      {left.length > 0 && (
        <Notice tone="warning" title={t("exclusion.title")}>
          <p>{t("exclusion.text")}</p>
          <ul className="list-disc pl-6">
            {left.map(({ id, title }) => (
              <li key={id}>
                <Italian>{title}</Italian>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <FieldsForm
        id="freeze"
        action={freezeRound}
        hidden={{ id: words.id, command: crypto.randomUUID() }}
        fields={excluding}
        submitLabel={t("freeze")}
        submitIcon="lock"
        confirm={{
          what: "freezeRound",
          facts: [
            { name: "about", value: words.title },
            { name: "amount", value: formatMoney(words.budgetCents, locale) },
            { name: "voters", value: formatNumber(roll, locale) },
          ],
        }}
      />
    </>
  );
  return (
    <div className="space-y-10">
      {refusal && (
        <Notice tone="danger" title={t("refused")}>
          {errorSentence(errors, locale, refusal.code, refusal.params)}
        </Notice>
      )}
      {sealed ? (
        <section className="space-y-3">
          <h2>{t("freeze")}</h2>
          {freezing}
        </section>
      ) : (
        <Disclosure label={sealedOffice("openInstead")} icon="people">
          <div className="space-y-3">
            <Notice tone="warning">{sealedOffice("openText")}</Notice>
            {freezing}
          </div>
        </Disclosure>
      )}
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
    leastVotes: leastVotesOf(words.rule),
    budget: amountTyped(words.budgetCents),
    mostCents: words.mostCents === null ? "" : amountTyped(words.mostCents),
    ...{ pointsEach: numberTyped(words.pointsEach), pointsTotal: numberTyped(words.pointsTotal) },
    ...{ mostOfDistrict: numberTyped(words.mostOfDistrict), mostOfKind: numberTyped(words.mostOfKind) },
    ...{ proposals: words.proposals, opensOn: words.opensOn },
    closesAt: wallClock(words.closesAt),
    requiredAttestations: String(words.requiredAttestations),
    objectionDays: String(words.objectionDays),
  };
}

function amountTyped(cents: bigint): string {
  return `${cents / 100n},${String(cents % 100n).padStart(2, "0")}`;
}

function numberTyped(number: number | null): string {
  return number === null ? "" : String(number);
}

function leastVotesOf(rule: unknown): string {
  const { threshold } = rule as Record<string, unknown>;
  return typeof threshold === "string" ? threshold : "";
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
