import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateText } from "@/components/ui/date-text";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { formatNumber, formatShare } from "@/lib/format";
import { dayInItaly } from "@/lib/local-time";
import type { Participation } from "./queries";
import { LEAST } from "./suppression";

/** People who took part, then what happened year by year, where, and how many voted. */
export function ParticipationTables({
  municipality,
  numbers: { people, years, districts, rounds },
}: {
  municipality: string;
  numbers: Participation;
}) {
  const t = useTranslations("participation");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const ofPeople = (value: number | null) =>
    value === null ? t("fewerThan", { least: LEAST }) : number(value);
  return (
    <>
      <p className="max-w-text text-lg">
        {people === null ? t("fewPeople", { least: LEAST }) : t("people", { count: people })}
      </p>
      {years.length > 0 && (
        <Part name={t("years")} id="years">
          <Table
            caption={<span className="sr-only">{t("years")}</span>}
            rows={years}
            rowKey={({ year }) => year}
            columns={[
              { key: "year", header: t("year"), rowHeader: true, cell: ({ year }) => year },
              ...(["proposals", "comments", "meetings", "attendance"] as const).map((key) => ({
                ...{ key, header: t(key), numeric: true },
                cell: (row: Participation["years"][number]) => number(row[key]),
              })),
            ]}
          />
        </Part>
      )}
      {districts.length > 1 && (
        <Part name={t("districts")} id="districts">
          <Table
            caption={<span className="sr-only">{t("districts")}</span>}
            rows={districts}
            rowKey={({ district }) => String(district)}
            columns={[
              {
                ...{ key: "district", header: t("district"), rowHeader: true },
                cell: ({ district }) =>
                  district === null ? t("noDistrict") : t("districtNumber", { district }),
              },
              {
                ...{ key: "commons", header: t("commons"), numeric: true },
                cell: ({ commons }) => number(commons),
              },
              {
                ...{ key: "proposals", header: t("proposals"), numeric: true },
                cell: ({ proposals }) => number(proposals),
              },
              // A column of nothing but withheld numbers says no more than the sentence above.
              ...(districts.some((row) => row.people !== null)
                ? [
                    {
                      ...{ key: "people", header: t("peopleThere"), numeric: true },
                      cell: (row: Participation["districts"][number]) => ofPeople(row.people),
                    },
                  ]
                : []),
            ]}
          />
        </Part>
      )}
      {rounds.length > 0 && (
        <Part name={t("rounds")} id="rounds">
          <Table
            caption={<span className="sr-only">{t("rounds")}</span>}
            rows={rounds}
            rowKey={({ slug }) => slug}
            columns={[
              {
                ...{ key: "round", header: t("round"), rowHeader: true },
                cell: ({ slug, title }) => (
                  <TextLink
                    href={{
                      pathname: "/[municipality]/rounds/[round]",
                      params: { municipality, round: slug },
                    }}
                  >
                    <Italian>{title}</Italian>
                  </TextLink>
                ),
              },
              {
                ...{ key: "closed", header: t("closed") },
                cell: ({ closesAt }) => <DateText value={dayInItaly(closesAt)} />,
              },
              {
                ...{ key: "roll", header: t("roll"), numeric: true },
                cell: ({ rollSize }) => number(rollSize),
              },
              {
                ...{ key: "voters", header: t("voters"), numeric: true },
                cell: ({ voters }) => number(voters),
              },
              {
                ...{ key: "share", header: t("share"), numeric: true },
                cell: ({ voters, rollSize }) =>
                  rollSize > 0 ? formatShare(Math.round((voters * 1000) / rollSize) * 10, locale) : "–",
              },
            ]}
          />
        </Part>
      )}
    </>
  );
}

function Part({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="space-y-3">
      <h2 id={id}>{name}</h2>
      {children}
    </section>
  );
}
