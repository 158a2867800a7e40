import type { Table } from "@/lib/export/table";
import { formatMoney } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { type OrderKey, orderText } from "./order-number";
import type { Reconciled } from "./reconciliation";
import { type SettlementWords, settlementWords } from "./settlement-words";

/** Sentences of `treasury`, however they are translated. */
export type Sentences = (key: never, values?: Record<string, string | number>) => string;

/** What is said of a payment, with amount and day as the language writes them. */
export function outcomeSentence(
  t: Sentences,
  { key, cents, day }: SettlementWords,
  locale: "it" | "en",
): string {
  return t(`outcomes.${key}` as never, {
    amount: formatMoney(cents, locale),
    ...datePhrases("day", day, locale),
  });
}

export function orderName(key: OrderKey | undefined, orderNumber: string): string {
  return key ? `${orderText(key)}/${key.year}` : orderNumber;
}

export function reconciliationTable(
  rows: readonly Reconciled[],
  onTheirWay: ReadonlySet<string>,
  t: Sentences,
  locale: "it" | "en",
): Table {
  const heading = (key: string) => t(`columns.${key}` as never);
  return {
    name: t("reconciliation" as never),
    columns: [
      { key: "order", heading: heading("order"), kind: "identifier" },
      { key: "ordered_on", heading: heading("orderedOn"), kind: "day" },
      { key: "amount_eur", heading: heading("amount"), kind: "cents" },
      { key: "recovered_eur", heading: heading("recovered"), kind: "cents" },
      { key: "side", heading: heading("side"), kind: "text" },
      { key: "outcome", heading: heading("outcome"), kind: "text" },
      { key: "payment", heading: heading("payment"), kind: "identifier" },
    ],
    rows: rows.map((row) => [
      orderName(row.key, row.payment.orderNumber),
      row.payment.orderedOn,
      row.payment.amountCents,
      row.payment.recoveredCents,
      t(`sides.${row.side}` as never),
      outcomeSentence(t, settlementWords(row, onTheirWay.has(row.payment.id)), locale),
      row.payment.id,
    ]),
  };
}
