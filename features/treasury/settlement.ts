/** What the ledger should say of a payment, by everything a treasury has said of its order. Pure. */
import { balanceOf, type Sums } from "./balance";
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
  "paid_again",
  "not_executable_after_paid",
  "ledger_recovered_more",
  "before_order",
  "restored",
  "replaced",
  "in_future",
  "sources_differ",
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

/**
 * @param movements of this payment's order alone, in any order and perhaps several times
 * @param today after which nothing can have happened
 */
export function settle(payment: OrderedPayment, movements: readonly Movement[], today: string): Settlement {
  const events = distinct(movements);
  const has = (operation: Operation) => events.some((event) => event.operation === operation);
  if (has("restored")) return { kind: "conflict", conflict: "restored" };
  if (has("replaced")) return { kind: "conflict", conflict: "replaced" };
  const late = events.find(({ on, operation }) => operation !== "noted" && on > today);
  if (late) return { kind: "conflict", conflict: "in_future", day: late.on };
  const sums = balanceOf(payment, events);
  if ("problem" in sums) {
    const { problem, cents = payment.amountCents } = sums;
    return problem === "reversed_unpaid"
      ? { kind: "waiting", why: problem, cents }
      : { kind: "conflict", conflict: problem, cents };
  }
  const failed = events.filter(
    ({ operation }) => operation === "not_executable" || operation === "cancelled",
  );
  const lastFailed = failed.at(-1)?.on;
  if (sums.out - sums.back > payment.amountCents)
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
  if (net > onLedger) {
    const conflict = sums.back > 0 && sums.lastOut > sums.lastBack ? "paid_again" : "ledger_recovered_more";
    return { kind: "conflict", conflict, cents: net - onLedger };
  }
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
    if (failed === undefined) return { kind: "silent" };
    return { kind: "act", act: { transaction: "payments:recordReturned", on: failed }, further: false };
  }
  if (sums.out < payment.amountCents) return { kind: "waiting", why: "part_paid", cents: net };
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
