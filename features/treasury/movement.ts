/** What a treasury says it did, without whoever was paid. Pure. */
import { z } from "zod";
import { Day } from "@/protocol/primitives";

/**
 * `paid` and `regularised` (a payment made before its order, which now covers it) move the money out; `reversed` brings
 * it back; `not_executable` and `cancelled` end an order unpaid; `restored` makes a reversal undone; `noted` moves nothing.
 */
export const operations = [
  "paid",
  "regularised",
  "reversed",
  "not_executable",
  "cancelled",
  "restored",
  "replaced",
  "noted",
] as const;
export type Operation = (typeof operations)[number];

export const sources = ["outcomes", "journal", "csv"] as const;
/** An outcome message, a cash journal, a list of our own columns: each tells the same events in its own words. */
export type Source = (typeof sources)[number];

/** Row of a payment order, by the key that treasuries use. No name, account or reason is among its members. */
export const Movement = z.strictObject({
  source: z.enum(sources),
  /** Financial year of the order (*esercizio*). */
  year: z.int().min(1999).max(2099),
  /** *Numero mandato*. */
  order: z.int().min(0).max(9_999_999),
  /** *Progressivo beneficiario*; null where a message speaks of the whole order. */
  payee: z.int().min(0).max(9_999_999).nullable(),
  operation: z.enum(operations),
  /** Euro cents, without sign; null where a message gives none. */
  amountCents: z.int().min(0).nullable(),
  on: Day,
  /** *Numero bolletta quietanza*, or that of the reversal. */
  receipt: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullable(),
  /** What else tells two events of one day apart: the journal's number, the message's time. */
  mark: z.string().max(40),
  /** The order was part of a flow that this application wrote. */
  ownFlow: z.boolean(),
});
export type Movement = z.infer<typeof Movement>;

/** Whether it moves money out. */
export function isPayment({ operation }: Pick<Movement, "operation">): boolean {
  return operation === "paid" || operation === "regularised";
}

/** The same event told twice by one source has the same identity. */
export function identityOf(movement: Movement): string {
  const { source, year, order, payee, operation, amountCents, on, receipt, mark } = movement;
  return [source, year, order, payee ?? "", operation, amountCents ?? "", on, receipt ?? "", mark].join("|");
}

/** Each event once, in the order of days. */
export function distinct(movements: readonly Movement[]): Movement[] {
  const found = new Map(movements.map((movement) => [identityOf(movement), movement]));
  return [...found.entries()]
    .sort(([a, first], [b, second]) =>
      first.on === second.on ? (a < b ? -1 : a > b ? 1 : 0) : first.on < second.on ? -1 : 1,
    )
    .map(([, movement]) => movement);
}
