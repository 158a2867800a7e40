import { getLocale, getTranslations } from "next-intl/server";
import { Identifier } from "@/components/ui/identifier";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { State } from "@/components/ui/state";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import type { RoundView } from "./queries";
import { resultOf } from "./result-queries";

/** What is attested: the recorded result beside a count made anew, line by line, before anybody puts their name to it. */
export async function AttestSummary({
  municipality,
  round,
}: {
  municipality: { istatCode: string; name: string };
  round: RoundView;
}) {
  const [t, rounds, table, organisations, locale] = await Promise.all([
    getTranslations("rounds.office.attesting"),
    getTranslations("rounds.outcome"),
    getTranslations("rounds.table"),
    getTranslations("organisations"),
    getLocale(),
  ]);
  const recorded = round.record.outcome;
  if (!recorded) return null;
  const result = await resultOf(municipality, round);
  if (!result)
    return (
      <Notice tone="warning" title={rounds("counting")}>
        <p>{rounds("countingText")}</p>
      </Notice>
    );
  const { outcome } = result.count;
  const number = (value: number | undefined) => formatNumber(value ?? 0, locale);
  const votesIn = (counted: typeof outcome, line: number) =>
    counted.votes.find((one) => one.number === line)?.votes;
  const wins = (counted: typeof outcome, line: number) =>
    rounds(counted.selected.includes(line) ? "selected" : "notSelected");
  const lines = [
    { label: rounds("valid"), recorded: number(recorded.ballots), own: number(outcome.ballots) },
    { label: rounds("void"), recorded: number(recorded.void), own: number(outcome.void) },
    ...round.projectViews.map(({ number: line, title }) => ({
      label: `${line}. ${title}`,
      recorded: `${number(votesIn(recorded, line))} – ${wins(recorded, line)}`,
      own: `${number(votesIn(outcome, line))} – ${wins(outcome, line)}`,
    })),
    {
      label: rounds("cost"),
      recorded: <Money cents={recorded.costCents} />,
      own: <Money cents={outcome.costCents} />,
    },
  ];
  return (
    <div className="space-y-4">
      <Notice
        tone={result.agrees ? "success" : "danger"}
        title={result.agrees ? t("same") : t("different")}
      />
      <Table
        caption={t("caption")}
        rows={lines}
        rowKey={({ label }) => label}
        columns={[
          { key: "label", header: table("project"), rowHeader: true, cell: ({ label }) => label },
          { key: "recorded", header: t("recorded"), numeric: true, cell: (line) => line.recorded },
          { key: "own", header: t("own"), numeric: true, cell: (line) => line.own },
        ]}
      />
      <div className="max-w-text space-y-2">
        <p>
          {t("digest")} <Identifier value={recorded.digest} />
        </p>
        <p>{t("digestText")}</p>
        <p>{t("meaning")}</p>
      </div>
      <div className="space-y-2">
        <h3>{rounds("attested")}</h3>
        {round.record.attestations.length === 0 && <p>{rounds("nobody")}</p>}
        <ul className="space-y-1">
          {round.record.attestations.map(({ organisation, on, digest }) => (
            <li key={organisation} className="flex flex-wrap items-center gap-2">
              <span className="first-letter:uppercase">
                {t("byOn", { organisation: organisations(organisation), ...datePhrases("day", on, locale) })}
              </span>
              <State
                icon={digest === recorded.digest ? "check-circle" : "x-circle"}
                tone={digest === recorded.digest ? "success" : "danger"}
              >
                {digest === recorded.digest ? t("sameResult") : t("otherResult")}
              </State>
            </li>
          ))}
        </ul>
        <p>{t("needed", { count: round.record.requiredAttestations })}</p>
      </div>
    </div>
  );
}
