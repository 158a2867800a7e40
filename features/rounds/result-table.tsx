import { useLocale, useTranslations } from "next-intl";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { State } from "@/components/ui/state";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import type { Outcome } from "@/protocol/records/rounds";
import type { RoundProjectView } from "./queries";

/** What came out, most votes first. */
export function ResultTable({
  municipality,
  projects,
  outcome,
}: {
  municipality: string;
  projects: readonly RoundProjectView[];
  outcome: Outcome;
}) {
  const t = useTranslations("rounds.table");
  const words = useTranslations("rounds.outcome");
  const locale = useLocale();
  const votesOf = new Map(outcome.votes.map(({ number, votes }) => [number, votes]));
  const rows = [...projects].sort((a, b) => (votesOf.get(b.number) ?? 0) - (votesOf.get(a.number) ?? 0));
  return (
    <Table
      caption={<span className="sr-only">{t("caption")}</span>}
      compact
      rows={rows}
      rowKey={({ proposal }) => proposal}
      columns={[
        { key: "number", header: t("number"), numeric: true, cell: ({ number }) => number },
        {
          key: "project",
          header: t("project"),
          rowHeader: true,
          foot: t("total"),
          cell: ({ commonsSlug, title }) => (
            <TextLink
              href={{
                pathname: "/[municipality]/commons/[commons]",
                params: { municipality, commons: commonsSlug },
              }}
            >
              <Italian>{title}</Italian>
            </TextLink>
          ),
        },
        {
          key: "votes",
          header: t("votes"),
          numeric: true,
          cell: ({ number }) => formatNumber(votesOf.get(number) ?? 0, locale),
          foot: formatNumber(
            outcome.votes.reduce((sum, { votes }) => sum + votes, 0),
            locale,
          ),
        },
        {
          key: "cost",
          header: t("cost"),
          numeric: true,
          cell: ({ costCents }) => <Money cents={costCents} />,
          foot: <Money cents={outcome.costCents} />,
        },
        {
          key: "outcome",
          header: t("outcome"),
          plain: true,
          cell: ({ number }) => {
            const selected = outcome.selected.includes(number);
            return (
              <State
                icon={selected ? "check-circle" : "minus-circle"}
                tone={selected ? "success" : "neutral"}
              >
                {selected ? words("selected") : words("notSelected")}
              </State>
            );
          },
        },
      ]}
    />
  );
}
