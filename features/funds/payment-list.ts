import type { PaymentView } from "./queries";

export const paymentStates = ["requested", "checked", "liquidated", "ordered", "paid", "returned"] as const;
export type PaymentState = (typeof paymentStates)[number];

const values: Record<string, (payment: PaymentView) => string | bigint | number> = {
  commons: ({ commons }) => commons.name,
  payee: ({ payee }) => payee,
  requestedOn: ({ requestedOn }) => requestedOn,
  state: ({ state }) => paymentStates.indexOf(state as PaymentState),
  amount: ({ amountCents }) => amountCents,
};

/** Payments by a column of their table; what the address asks for otherwise is taken as the date. */
export function sortPayments(
  payments: readonly PaymentView[],
  sort: { column: string; direction: "ascending" | "descending" },
): PaymentView[] {
  const value = values[sort.column] ?? (({ requestedOn }: PaymentView) => requestedOn);
  const sign = sort.direction === "ascending" ? 1 : -1;
  return [...payments].sort((a, b) => {
    const [first, second] = [value(a), value(b)];
    if (typeof first === "string" && typeof second === "string")
      return sign * first.localeCompare(second, "it");
    return first === second ? 0 : first < second ? -sign : sign;
  });
}

/** Payments as CSV: amounts in euro with a point, days as ISO dates; a cell that a spreadsheet would run is quoted. */
export function paymentsCsv(payments: readonly PaymentView[]): string {
  const heading = [
    "id",
    "commons",
    "milestone",
    "payee",
    "amount_eur",
    "state",
    "requested_on",
    "paid_on",
    "order_number",
    "transaction",
  ];
  const rows = payments.map((payment) => [
    payment.id,
    payment.commons.name,
    `${payment.milestone.number}. ${payment.milestone.title}`,
    payment.payee,
    `${payment.amountCents / 100n}.${String(payment.amountCents % 100n).padStart(2, "0")}`,
    payment.state,
    payment.requestedOn,
    payment.paidOn ?? "",
    payment.orderNumber ?? "",
    payment.transactionId,
  ]);
  return `${[heading, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
