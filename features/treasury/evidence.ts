/** What is signed when an outcome of a treasury's file is recorded. Pure. */
import { distinct, isPayment, type Movement } from "./movement";
import { type OrderKey, orderText } from "./order-number";
import type { OutcomeAct } from "./settlement";

/** The rows that an act rests on, by which anybody who has the treasury's files can find them there. */
export type Evidence = {
  payment: string;
  order: { year: number; number: number; payee: number };
  act: { transaction: string; amountCents?: number };
  movements: Omit<Movement, "ownFlow">[];
};

export function evidenceOf(
  payment: string,
  key: OrderKey,
  act: OutcomeAct,
  movements: readonly Movement[],
): Evidence {
  return {
    payment,
    order: { year: key.year, number: key.order, payee: key.payee },
    act: {
      transaction: act.transaction,
      ...(act.transaction === "payments:recover" && { amountCents: act.amountCents }),
    },
    movements: distinct(movements).map(({ ownFlow: _, ...movement }) => movement),
  };
}

/**
 * The reference that stands on the ledger, at most 80 characters and no other act's: the order, and the receipt of the
 * movement that settles it where the treasury gives one.
 */
export function referenceOf(key: OrderKey, act: OutcomeAct, movements: readonly Movement[]): string {
  const order = `Mandato ${orderText(key)}/${key.year}`;
  const events = distinct(movements);
  if (act.transaction === "payments:recover") {
    const back = events.filter(({ operation }) => operation === "reversed");
    const receipt = back.findLast(({ receipt }) => receipt !== null)?.receipt;
    // A receipt's number may be so long that it does not fit whole.
    return `${order}, storno ${back.length} ${act.on}${receipt ? `, bolletta ${receipt}` : ""}`.slice(0, 80);
  }
  if (act.transaction === "payments:recordReturned") {
    const isReversed = events.some(({ operation }) => operation === "reversed");
    return `${order}, ${isReversed ? "stornato" : "non eseguito"} ${act.on}`;
  }
  const receipt = events.findLast((event) => isPayment(event) && event.receipt !== null)?.receipt;
  return receipt ? `${order}, quietanza ${receipt}` : `${order}, pagato ${act.on}`;
}
