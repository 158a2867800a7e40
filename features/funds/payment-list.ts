/** Payments as their list shows them, and how it is sorted. Pure. */
import { pageIn } from "@/lib/page-in";

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

export type PaymentView = {
  id: string;
  state: string;
  amountCents: bigint;
  /** What of it came back after it was paid. */
  recoveredCents: bigint;
  requestedOn: string;
  paidOn: string | null;
  orderNumber: string | null;
  payee: string;
  commons: { slug: string; name: string };
  milestone: { number: number; title: string };
  fictional: boolean;
  transactionId: string;
};

/** Columns by which the list can be sorted, as they stand in the address. */
export const paymentColumns = ["commons", "payee", "requestedOn", "state", "amount"] as const;
export type PaymentSort = {
  column: (typeof paymentColumns)[number];
  direction: "ascending" | "descending";
};

export type PaymentQuery = { state: PaymentState | undefined; sort: PaymentSort; page: number };

type Address = Readonly<Record<string, string | string[] | undefined>>;

/** What the address asks for; what it does not say, or says wrongly, is all states by date, the latest first. */
export function paymentQuery({ stato, ordina, verso, pagina }: Address): PaymentQuery {
  return {
    state: paymentStates.find((state) => state === stato),
    sort: {
      column: paymentColumns.find((column) => column === ordina) ?? "requestedOn",
      direction: verso === "ascending" ? "ascending" : "descending",
    },
    page: pageIn(pagina),
  };
}
