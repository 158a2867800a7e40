import { useTranslations } from "next-intl";
import { DemoMark } from "@/components/ui/demo-mark";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { type Column, Table } from "@/components/ui/table";
import type { Carried } from "./carried-queries";
import type { SumsRow } from "./sums-queries";
import { queryOf, type View, within } from "./view";

/** Sums by group; a group leads to what it is made of, a commons to its own page as well. */
export function SumsTable({
  municipality,
  view,
  rows,
  carried,
  people,
  nameOf,
}: {
  municipality: string;
  view: View;
  rows: readonly SumsRow[];
  carried: ReadonlyMap<string, Carried>;
  people: Readonly<Record<string, number>>;
  nameOf: (row: SumsRow) => string;
}) {
  const [t, funds] = [useTranslations("controlRoom"), useTranslations("funds")];
  const { per } = view;
  const total = (of: (row: SumsRow) => bigint | null) => rows.reduce((sum, row) => sum + (of(row) ?? 0n), 0n);
  const sum = (
    key: "committed" | "planned" | "accepted" | "paid",
    member: keyof SumsRow,
  ): Column<SumsRow> => ({
    ...{ key, header: t(key), numeric: true, foot: <Money cents={total((row) => row[member] as bigint)} /> },
    cell: (row) => <Money cents={row[member] as bigint} />,
  });
  const hasBudget = rows.some(({ budgetCents }) => budgetCents !== null);
  const budget: Column<SumsRow> = {
    ...{ key: "budget", header: t("budget"), numeric: true },
    foot: <Money cents={total(({ budgetCents }) => budgetCents)} />,
    cell: ({ budgetCents }) => (budgetCents === null ? "–" : <Money cents={budgetCents} />),
  };
  const over = (key: "carriedIn" | "carriedOut", member: keyof Carried): Column<SumsRow> => ({
    ...{ key, header: funds(key), numeric: true },
    cell: (row) => <Money cents={carried.get(row.key)?.[member] ?? 0n} />,
    foot: <Money cents={[...carried.values()].reduce((cents, one) => cents + one[member], 0n)} />,
  });
  const reached: Column<SumsRow> = {
    ...{ key: "people", header: t("people"), numeric: true },
    cell: ({ key }) => people[key] ?? 0,
  };
  const ofStates = [
    { ...sum("accepted", "acceptedCents"), key: "amount", header: t("asked") },
    sum("paid", "paidCents"),
  ];
  const ofMoney = [
    ...(carried.size > 0 ? [over("carriedIn", "inCents")] : []),
    ...(hasBudget ? [budget] : []),
    ...[sum("committed", "committedCents"), sum("planned", "plannedCents")],
    ...[sum("accepted", "acceptedCents"), sum("paid", "paidCents")],
    ...(carried.size > 0 ? [over("carriedOut", "outCents")] : []),
    ...(per === "commons" ? [reached] : []),
  ];
  return (
    <Table
      caption={<span className="sr-only">{t(`by.${per}`)}</span>}
      compact
      rows={rows}
      rowKey={({ key }) => key}
      empty={<p>{t("nothing")}</p>}
      columns={[
        {
          key: "group",
          header: t(`per.${per}`),
          rowHeader: true,
          foot: t("total"),
          cell: (row) => {
            const inside = within(view, row.key);
            const name = isWritten(view.per, row) ? <Italian>{nameOf(row)}</Italian> : nameOf(row);
            return (
              <>
                {inside ? (
                  <TextLink
                    href={{
                      pathname: "/[municipality]/control-room",
                      params: { municipality },
                      query: queryOf(inside),
                    }}
                  >
                    {name}
                  </TextLink>
                ) : (
                  name
                )}{" "}
                <DemoMark fictional={row.fictional} />
              </>
            );
          },
        },
        {
          key: "count",
          header: t(per === "state" ? "payments" : "commitments"),
          numeric: true,
          cell: ({ count }) => count,
        },
        ...(per === "state" ? ofStates : ofMoney),
      ]}
    />
  );
}

/** Whether the group is called what somebody here wrote. */
function isWritten(per: View["per"], { key }: SumsRow): boolean {
  return key !== "" && (per === "commons" || per === "line" || per === "fund");
}
