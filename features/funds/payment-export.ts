import { type ColumnKind, columnsOf, type Table } from "@/lib/export/table";
import { withoutPersonalCodes } from "@/lib/personal-codes";
import type { PaymentView } from "./payment-list";

const columns = {
  id: "identifier",
  commons: "text",
  milestone: "text",
  payee: "text",
  amount_eur: "cents",
  recovered_eur: "cents",
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
  return {
    name: words.name,
    columns: columnsOf(columns, words.heading),
    rows: payments.map((payment) => [
      payment.id,
      withoutPersonalCodes(payment.commons.name),
      withoutPersonalCodes(`${payment.milestone.number}. ${payment.milestone.title}`),
      withoutPersonalCodes(payment.payee),
      payment.amountCents,
      payment.recoveredCents,
      words.state(payment.state),
      payment.requestedOn,
      payment.paidOn,
      payment.orderNumber && withoutPersonalCodes(payment.orderNumber),
      payment.transactionId,
    ]),
  };
}
