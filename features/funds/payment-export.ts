import type { ColumnKind, Table } from "@/lib/export/table";
import type { PaymentView } from "./queries";

const columns = {
  id: "identifier",
  commons: "text",
  milestone: "text",
  payee: "text",
  amount_eur: "cents",
  state: "text",
  requested_on: "day",
  paid_on: "day",
  order_number: "identifier",
  transaction: "identifier",
} as const satisfies Record<string, ColumnKind>;

export type PaymentColumn = keyof typeof columns;

/** How columns and states are called by those who read a list of payments; programs take the ledger's own words. */
export type PaymentWords = {
  name: string;
  heading: (column: PaymentColumn) => string;
  state: (state: string) => string;
};

const ledgerWords: PaymentWords = {
  name: "payments",
  heading: (column) => column,
  state: (state) => state,
};

export function paymentsTable(payments: readonly PaymentView[], words: PaymentWords = ledgerWords): Table {
  const keys = Object.keys(columns) as PaymentColumn[];
  return {
    name: words.name,
    columns: keys.map((key) => ({ key, heading: words.heading(key), kind: columns[key] })),
    rows: payments.map((payment) => [
      payment.id,
      payment.commons.name,
      `${payment.milestone.number}. ${payment.milestone.title}`,
      payment.payee,
      payment.amountCents,
      words.state(payment.state),
      payment.requestedOn,
      payment.paidOn,
      payment.orderNumber,
      payment.transactionId,
    ]),
  };
}
