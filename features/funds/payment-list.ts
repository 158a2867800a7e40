import type { PaymentView } from "./queries";

export const paymentStates = [
  "requested",
  "checked",
  "liquidated",
  "ordered",
  "paid",
  "returned",
  "refused",
] as const;
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
