import { getLocale, getTranslations } from "next-intl/server";
import { DateText, DeadlineText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { parseRule } from "@/voting/allocation/rule-spec";
import type { DraftProject, DraftRound } from "./queries";
import { RuleExplained } from "./rule-explained";
import { limitsKind } from "./rules";

/** What freezing fixes for good, before it does. */
export async function FreezeSummary({
  words,
  projects,
  roll,
}: {
  words: DraftRound["words"];
  projects: readonly DraftProject[];
  /** How many people are on the roll now: the copy is made while freezing. */
  roll: number;
}) {
  const [t, rounds, rules, table, locale] = await Promise.all([
    getTranslations("rounds.office.frozen"),
    getTranslations("rounds"),
    getTranslations("rounds.rules"),
    getTranslations("rounds.table"),
    getLocale(),
  ]);
  const rule = ruleOfDraft(words.rule);
  const total = projects.reduce((sum, { costCents }) => sum + costCents, 0n);
  const { least, most } = words;
  return (
    <div className="space-y-4">
      <Table
        caption={t("projects", { count: projects.length })}
        rows={projects.map((project, index) => ({ ...project, number: index + 1 }))}
        rowKey={({ id }) => id}
        columns={[
          { key: "number", header: table("number"), numeric: true, cell: ({ number }) => number },
          {
            ...{ key: "project", header: table("project"), rowHeader: true, foot: table("total") },
            cell: ({ title }) => title,
          },
          {
            ...{ key: "cost", header: table("cost"), numeric: true, foot: <Money cents={total} /> },
            cell: ({ costCents }) => <Money cents={costCents} />,
          },
        ]}
      />
      <DefinitionList
        items={[
          { term: rounds("budget"), description: <Money cents={words.budgetCents} /> },
          {
            term: t("limits"),
            description: rounds("choices", { least, most, rule: limitsKind({ least, most }) }),
          },
          {
            term: t("rule"),
            description: (
              <>
                <p>{rules(rule.rule === "mes" ? "equal_shares" : rule.rule)}</p>
                <RuleExplained rule={rule} />
              </>
            ),
          },
          { term: t("roll"), description: t("people", { count: roll, number: formatNumber(roll, locale) }) },
          { term: rounds("opens"), description: <DateText value={words.opensOn} /> },
          { term: rounds("closes"), description: <DeadlineText value={words.closesAt} /> },
          { term: t("attestations"), description: words.requiredAttestations },
          { term: t("objections"), description: t("days", { count: words.objectionDays }) },
        ]}
      />
    </div>
  );
}

/** A draft's technical scores are read when it is frozen. */
function ruleOfDraft(rule: unknown) {
  const given = rule as Record<string, unknown>;
  return parseRule(given.rule === "score-plus-votes" ? { ...given, scores: {} } : given);
}
