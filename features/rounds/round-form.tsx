import { getTranslations } from "next-intl/server";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { saveRound } from "./actions";
import { type RuleChoice, ruleChoices } from "./rule-choices";
import { RuleSentences } from "./rule-explained";

export type RoundFormValues = Record<string, string | string[]>;

/** The form of a round that is still a draft. */
export async function RoundForm({
  call,
  id,
  initial,
  proposals,
}: {
  call: string;
  id?: string;
  initial: RoundFormValues;
  proposals: readonly { id: string; title: string }[];
}) {
  const t = await getTranslations("rounds.office");
  const f = await getTranslations("rounds.office.fields");
  const how = await getTranslations("rounds.how");
  const fields: FormField[] = [
    { kind: "text", name: "title", label: f("title") },
    { kind: "area", name: "summary", label: f("summary"), rows: 3 },
    {
      ...{ kind: "checkboxes", name: "proposals", label: f("proposals") },
      options: proposals.map((proposal) => ({ value: proposal.id, label: proposal.title })),
    },
    {
      ...{ kind: "radio", name: "ballotType", label: f("ballotType") },
      options: [
        { value: "approval", label: f("approval") },
        { value: "choice", label: f("choice") },
        { value: "knapsack", label: f("knapsack") },
        { value: "ranking", label: f("ranking") },
        { value: "points", label: f("points") },
      ],
    },
    { kind: "text", name: "least", label: f("least"), inputMode: "numeric" },
    { kind: "text", name: "most", label: f("most"), hint: f("mostHint"), inputMode: "numeric" },
    { kind: "money", name: "mostCents", label: f("mostCents"), hint: f("mostCentsHint"), optional: true },
    {
      ...{ kind: "text", name: "pointsTotal", label: f("pointsTotal"), hint: f("pointsHint") },
      ...{ inputMode: "numeric", optional: true },
    },
    {
      ...{ kind: "text", name: "pointsEach", label: f("pointsEach"), hint: f("pointsHint") },
      ...{ inputMode: "numeric", optional: true },
    },
    {
      ...{ kind: "text", name: "mostOfDistrict", label: f("mostOfDistrict"), hint: f("mostOfHint") },
      ...{ inputMode: "numeric", optional: true },
    },
    {
      ...{ kind: "text", name: "mostOfKind", label: f("mostOfKind"), hint: f("mostOfHint") },
      ...{ inputMode: "numeric", optional: true },
    },
    {
      ...{ kind: "select", name: "rule", label: f("rule") },
      options: Object.keys(ruleChoices).map((value) => ({ value, label: f(`rules.${value as RuleChoice}`) })),
    },
    {
      ...{ kind: "text", name: "leastVotes", label: f("leastVotes"), hint: f("leastVotesHint") },
      ...{ inputMode: "numeric", optional: true },
    },
    { kind: "money", name: "budget", label: f("budget") },
    { kind: "date", name: "opensOn", label: f("opensOn") },
    { kind: "text", type: "datetime-local", name: "closesAt", label: f("closesAt"), hint: f("closesAtHint") },
    { kind: "text", name: "requiredAttestations", label: f("requiredAttestations"), inputMode: "numeric" },
    { kind: "text", name: "objectionDays", label: f("objectionDays"), inputMode: "numeric" },
  ];
  return (
    <div className="space-y-6">
      <Disclosure label={how("all")} icon="info" quiet>
        <dl className="space-y-3">
          {Object.entries(ruleChoices).map(([name, rule]) => (
            <div key={name}>
              <dt className="font-semibold">{f(`rules.${name as RuleChoice}`)}</dt>
              <dd>
                <RuleSentences rule={rule} />
              </dd>
            </div>
          ))}
        </dl>
      </Disclosure>
      <FieldsForm
        id="round"
        action={saveRound}
        hidden={{ call, ...(id ? { id } : { command: crypto.randomUUID() }) }}
        initial={initial}
        fields={fields}
        submitLabel={t("save")}
        submitIcon="check"
      />
    </div>
  );
}
