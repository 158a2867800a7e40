/** Which movements of a treasury are of which payments. Pure. */
import { distinct, isPayment, type Movement } from "./movement";
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
  const shared = new Map<string, Movement[]>();
  const add = (rows: Map<string, Movement[]>, id: string, movement: Movement) =>
    rows.set(id, [...(rows.get(id) ?? []), movement]);
  const [foreign, unknown]: Movement[][] = [[], []];
  for (const movement of movements) {
    const ofOrder = byOrder.get(`${movement.year}/${movement.order}`) ?? [];
    const found = ofOrder.filter(({ key }) => movement.payee === null || key?.payee === movement.payee);
    for (const { payment } of found) add(found.length > 1 ? shared : own, payment.id, movement);
    if (found.length === 0) (movement.ownFlow && ofOrder.length === 0 ? unknown : foreign)?.push(movement);
  }
  return {
    payments: keyed.map(({ payment, key }) => {
      const rows = own.get(payment.id) ?? [];
      const ofSeveral = shared.get(payment.id) ?? [];
      const settlement: Matched["settlement"] = !key
        ? { kind: "unreadable_number" }
        : ofSeveral.every((row) => addsNothing(row, payment, rows))
          ? settle(payment, rows, today)
          : { kind: "ambiguous" };
      return { payment, key, movements: [...rows, ...ofSeveral], settlement };
    }),
    foreign: foreign ?? [],
    unknown: unknown ?? [],
  };
}

/**
 * Whether a row that may be of several payments says nothing that this one's own rows do not: it moves no money, or it
 * pays, and one source tells of the whole payment in rows of its own, before anything came back of it.
 */
function addsNothing(row: Movement, { amountCents }: OrderedPayment, own: readonly Movement[]): boolean {
  if (row.operation === "noted") return true;
  if (!isPayment(row)) return false;
  if (own.some(({ operation, on }) => operation !== "noted" && !isPayment({ operation }) && on <= row.on))
    return false;
  const paid = Map.groupBy(distinct(own.filter(isPayment)), ({ source }) => source);
  return [...paid.values()].some(
    (rows) => rows.reduce((sum, { amountCents: cents }) => sum + (cents ?? amountCents), 0) >= amountCents,
  );
}

/** The movements that are kept: those of payments here, and of flows written here. */
export function keptOf(matching: Matching): Movement[] {
  return [...new Set([...matching.payments.flatMap(({ movements }) => movements), ...matching.unknown])];
}
