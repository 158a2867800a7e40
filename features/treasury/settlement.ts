/** What the ledger should say of a payment, by everything a treasury has said of its order. Pure. */
import { distinct, type Movement, type Operation } from "./movement";

/** A payment as the ledger has it. */
export type OrderedPayment = {
  id: string;
  state: string;
  amountCents: number;
  recoveredCents: number;
  orderedOn: string;
};

/** An act that brings the ledger to what the treasury says. */
export type OutcomeAct =
  | { transaction: "payments:recordPaid"; on: string }
  | { transaction: "payments:recordReturned"; on: string }
  | { transaction: "payments:recover"; amountCents: number; on: string };

export const conflicts = [
  "amount_differs",
  "paid_after_returned",
  "not_executable_after_paid",
  "paid_after_not_executable",
  "ledger_recovered_more",
  "before_order",
  "restored",
  "replaced",
  "in_future",
] as const;
export type Conflict = (typeof conflicts)[number];

export type Settlement =
  /** The treasury has said nothing that moves money. */
  | { kind: "silent" }
  /** The ledger says the same. */
  | { kind: "recorded" }
  /** Paid in part, or brought back without having been paid: more is to come. */
  | { kind: "waiting"; why: "part_paid" | "reversed_unpaid"; cents: number }
  | { kind: "act"; act: OutcomeAct; further: boolean }
  | { kind: "conflict"; conflict: Conflict; cents?: number; day?: string };

type Sums = { out: number; back: number; lastOut: string; lastBack: string };

/**
 * @param movements of this payment's order alone, in any order and perhaps several times; several sources tell of the same
 * money, each perhaps of a part, so that the fullest account counts and none is added to another
 * @param today after which nothing can have happened
 */
export function settle(payment: OrderedPayment, movements: readonly Movement[], today: string): Settlement {
  const events = distinct(movements);
  const has = (operation: Operation) => events.some((event) => event.operation === operation);
  if (has("restored")) return { kind: "conflict", conflict: "restored" };
  if (has("replaced")) return { kind: "conflict", conflict: "replaced" };
  const late = events.find(({ on, operation }) => operation !== "noted" && on > today);
  if (late) return { kind: "conflict", conflict: "in_future", day: late.on };
  const sums = fullest(payment, events);
  const failed = events.filter(
    ({ operation }) => operation === "not_executable" || operation === "cancelled",
  );
  const lastFailed = failed.at(-1)?.on;
  if (sums.out - sums.back > payment.amountCents || (sums.back === 0 && sums.out > payment.amountCents))
    return { kind: "conflict", conflict: "amount_differs", cents: sums.out - sums.back };
  if (lastFailed !== undefined && sums.out > 0 && lastFailed >= sums.lastOut)
    return { kind: "conflict", conflict: "not_executable_after_paid" };
  const settled =
    payment.state === "paid" ? ofPaid(payment, sums, lastFailed) : ofOpen(payment, sums, lastFailed);
  if (settled.kind !== "act" || settled.act.transaction === "payments:recover") return settled;
  return settled.act.on < payment.orderedOn
    ? { kind: "conflict", conflict: "before_order", day: settled.act.on }
    : settled;
}

function ofPaid(payment: OrderedPayment, sums: Sums, failed: string | undefined): Settlement {
  if (failed !== undefined && sums.out === 0)
    return { kind: "conflict", conflict: "not_executable_after_paid" };
  if (sums.out + sums.back === 0) return { kind: "silent" };
  // It may have been recorded by hand: then the treasury's word of the payment itself need not be here.
  const net = Math.max(sums.out, payment.amountCents) - sums.back;
  const onLedger = payment.amountCents - payment.recoveredCents;
  if (net === onLedger) return { kind: "recorded" };
  if (net > onLedger) return { kind: "conflict", conflict: "ledger_recovered_more", cents: net - onLedger };
  if (net < 0) return { kind: "conflict", conflict: "amount_differs", cents: sums.back };
  const act = { transaction: "payments:recover", amountCents: onLedger - net, on: sums.lastBack } as const;
  return { kind: "act", act, further: false };
}

function ofOpen(payment: OrderedPayment, sums: Sums, failed: string | undefined): Settlement {
  const net = sums.out - sums.back;
  if (payment.state === "returned") {
    if (net > 0) return { kind: "conflict", conflict: "paid_after_returned", cents: net };
    return sums.out > 0 || failed !== undefined ? { kind: "recorded" } : { kind: "silent" };
  }
  if (sums.out === 0) {
    if (sums.back > 0) return { kind: "waiting", why: "reversed_unpaid", cents: sums.back };
    if (failed === undefined) return { kind: "silent" };
    return { kind: "act", act: { transaction: "payments:recordReturned", on: failed }, further: false };
  }
  if (sums.out < payment.amountCents) return { kind: "waiting", why: "part_paid", cents: Math.max(net, 0) };
  if (net < 0) return { kind: "waiting", why: "reversed_unpaid", cents: -net };
  if (net === 0)
    return {
      kind: "act",
      act: { transaction: "payments:recordReturned", on: sums.lastBack },
      further: false,
    };
  return {
    kind: "act",
    act: { transaction: "payments:recordPaid", on: sums.lastOut },
    further: net < payment.amountCents,
  };
}

/** The most that any source says went out and came back. A message without an amount means the whole. */
function fullest(payment: OrderedPayment, events: readonly Movement[]): Sums {
  const sums: Sums = { out: 0, back: 0, lastOut: "", lastBack: "" };
  for (const source of new Set(events.map((event) => event.source)))
    for (const side of ["out", "back"] as const) {
      const own = events.filter((event) => event.source === source && sideOf(event.operation) === side);
      const cents = own.reduce((sum, { amountCents }) => sum + (amountCents ?? payment.amountCents), 0);
      if (cents <= sums[side]) continue;
      sums[side] = cents;
      sums[side === "out" ? "lastOut" : "lastBack"] = own.at(-1)?.on ?? "";
    }
  return sums;
}

function sideOf(operation: Operation): "out" | "back" | undefined {
  if (operation === "paid" || operation === "regularised") return "out";
  return operation === "reversed" ? "back" : undefined;
}
