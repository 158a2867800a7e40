/** Which movements of a treasury are of which payments. Pure. */
import type { Movement } from "./movement";
import { type OrderKey, orderKeyOf } from "./order-number";
import { type OrderedPayment, type Settlement, settle } from "./settlement";

export type NumberedPayment = OrderedPayment & { orderNumber: string };

export type Matched = {
  payment: NumberedPayment;
  key: OrderKey | undefined;
  movements: Movement[];
  settlement: Settlement | { kind: "unreadable_number" } | { kind: "ambiguous" };
};

export type Matching = {
  payments: Matched[];
  /** Of orders that are no payment's here. */
  foreign: Movement[];
  /** Of flows that this application wrote, whose order no payment has. */
  unknown: Movement[];
};

/** @param payments all that were ever ordered in a municipality */
export function match(
  payments: readonly NumberedPayment[],
  movements: readonly Movement[],
  today: string,
): Matching {
  const keyed = payments.map((payment) => ({
    payment,
    key: orderKeyOf(payment.orderNumber, payment.orderedOn),
  }));
  const byOrder = Map.groupBy(
    keyed.filter((row) => row.key !== undefined),
    ({ key }) => `${key?.year}/${key?.order}`,
  );
  const own = new Map<string, Movement[]>();
  const ambiguous = new Set<string>();
  const [foreign, unknown]: Movement[][] = [[], []];
  for (const movement of movements) {
    const ofOrder = byOrder.get(`${movement.year}/${movement.order}`) ?? [];
    const found = ofOrder.filter(({ key }) => movement.payee === null || key?.payee === movement.payee);
    for (const { payment } of found) own.set(payment.id, [...(own.get(payment.id) ?? []), movement]);
    if (found.length > 1) for (const { payment } of found) ambiguous.add(payment.id);
    if (found.length === 0) (movement.ownFlow && ofOrder.length === 0 ? unknown : foreign)?.push(movement);
  }
  return {
    payments: keyed.map(({ payment, key }) => {
      const movements = own.get(payment.id) ?? [];
      const settlement: Matched["settlement"] = !key
        ? { kind: "unreadable_number" }
        : ambiguous.has(payment.id)
          ? { kind: "ambiguous" }
          : settle(payment, movements, today);
      return { payment, key, movements, settlement };
    }),
    foreign: foreign ?? [],
    unknown: unknown ?? [],
  };
}

/** The movements that are kept: those of payments here, and of flows written here. */
export function keptOf(matching: Matching): Movement[] {
  return [...new Set([...matching.payments.flatMap(({ movements }) => movements), ...matching.unknown])];
}
