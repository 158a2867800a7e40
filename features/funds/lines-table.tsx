import { useTranslations } from "next-intl";
import { LedgerMark } from "@/components/ledger-mark";
import { amountColumn } from "@/components/ui/amount-column";
import { DemoMark } from "@/components/ui/demo-mark";
import { Money } from "@/components/ui/money";
import { type Column, Table } from "@/components/ui/table";
import type { LineView, Totals } from "./budget-queries";

/** Lines with their four sums, which never exceed one another from right to left. */
export function LinesTable({
  municipality,
  lines,
  totals,
}: {
  municipality: string;
  lines: readonly LineView[];
  totals: Totals;
}) {
  const t = useTranslations("funds");
  const sum = (key: string, header: string, member: keyof Totals): Column<LineView> => ({
    ...{ key, header, numeric: true },
    cell: (line) => <Money cents={line[member]} />,
    foot: <Money cents={totals[member]} />,
  });
  if (lines.length === 0) return null;
  const carried = (member: "carriedInCents" | "carriedOutCents"): Column<LineView>[] => {
    const total = lines.reduce((cents, line) => cents + line[member], 0n);
    const key = member === "carriedInCents" ? "carriedIn" : "carriedOut";
    return amountColumn(key, t(key), total, (line) => line[member]);
  };
  const isCarried = lines.some((line) => line.carriedInCents > 0n);
  return (
    <section className="space-y-4">
      <h2>{t("lines")}</h2>
      <p className="max-w-text">{t("linesText")}</p>
      {isCarried && <p className="max-w-text">{t("carriedText")}</p>}
      <Table
        caption={<span className="sr-only">{t("lines")}</span>}
        compact
        rows={lines}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "line",
            header: t("line"),
            rowHeader: true,
            foot: t("total"),
            cell: ({ name, fund, year, fictional }) => (
              <>
                {name} ({fund}, {year}) <DemoMark fictional={fictional} />
              </>
            ),
          },
          ...carried("carriedInCents"),
          sum("budget", t("budget"), "budgetCents"),
          sum("committed", t("committed"), "committedCents"),
          sum("accepted", t("accepted"), "acceptedCents"),
          sum("paid", t("paid"), "paidCents"),
          ...carried("carriedOutCents"),
          {
            key: "ledger",
            header: t("ledger"),
            plain: true,
            cell: ({ block, transactionId }) => (
              <LedgerMark
                municipality={municipality}
                status={{ state: "recorded", block: Number(block), transaction: transactionId }}
              />
            ),
          },
        ]}
      />
    </section>
  );
}
