import { useLocale, useTranslations } from "next-intl";
import { Bar } from "@/components/charts/bar";
import { Disclosure } from "@/components/ui/disclosure";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { formatMonth } from "@/lib/format";
import type { MonthSums } from "./sums-queries";

/** Committed and paid at the end of months as bars, and all four sums as a table. */
export function Months({ months }: { months: readonly MonthSums[] }) {
  const t = useTranslations("controlRoom");
  const locale = useLocale();
  const last = months.at(-1);
  if (!last) return null;
  const highest = months.map(({ committedCents }) => committedCents).sort((a, b) => (a < b ? -1 : 1));
  const most = highest.at(-1) || 1n;
  const part = (cents: bigint) => Number((cents * 1000n) / most) / 10;
  const shown = endsOfPeriods(months);
  return (
    <>
      <p className="max-w-text">{t("monthsText")}</p>
      <ul className="space-y-2">
        {shown.map(({ month, committedCents, paidCents }) => (
          <li key={month} className="grid gap-x-4 sm:grid-cols-[9rem_1fr_16rem] sm:items-center">
            <span className="font-semibold text-base">{formatMonth(month, locale)}</span>
            <Bar
              parts={[
                { from: 0, to: part(committedCents), look: "outline" },
                { from: 0, to: part(paidCents), look: "full" },
              ]}
            />
            <span className="text-base">
              {t.rich("monthSums", {
                paid: () => <Money cents={paidCents} />,
                committed: () => <Money cents={committedCents} />,
              })}
            </span>
          </li>
        ))}
      </ul>
      <Disclosure label={t("monthsTable")}>
        <Table
          caption={<span className="sr-only">{t("monthsTable")}</span>}
          compact
          rows={months}
          rowKey={({ month }) => month}
          columns={[
            {
              key: "month",
              header: t("month"),
              rowHeader: true,
              cell: ({ month }) => formatMonth(month, locale),
            },
            ...(["committed", "planned", "accepted", "paid"] as const).map((sum) => ({
              ...{ key: sum, header: t(sum), numeric: true },
              cell: (row: MonthSums) => <Money cents={row[`${sum}Cents`]} />,
            })),
          ]}
        />
      </Disclosure>
    </>
  );
}

/** The last month of each year and the latest twelve: as many bars as one can read. */
function endsOfPeriods(months: readonly MonthSums[]): MonthSums[] {
  const recent = months.slice(-12);
  const [first] = recent;
  const before = months.filter((row, index) => {
    const next = months[index + 1];
    return first && row.month < first.month && next?.month.slice(0, 4) !== row.month.slice(0, 4);
  });
  return [...before, ...recent];
}
