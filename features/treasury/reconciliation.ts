/** The ledger beside the treasury's word, by financial year. Pure. */
import type { Matched, Matching } from "./matching";

export type Side = "treasury" | "ledger" | "doubt" | "agree";

export type Reconciled = Matched & { year: number; side: Side };

/**
 * `treasury`: it says what the ledger has not; `ledger`: it has what the treasury has not said; `doubt`: they contradict
 * each other or cannot be told apart; `agree`: nothing is wanting.
 */
export function sideOf({ settlement, payment }: Pick<Matched, "settlement" | "payment">): Side {
  switch (settlement.kind) {
    case "act":
    case "waiting":
      return "treasury";
    case "recorded":
      return "agree";
    case "silent":
      return "ledger";
    case "conflict":
      return "doubt";
    default:
      return payment.state === "ordered" ? "doubt" : "ledger";
  }
}

export function reconcile({ payments }: Matching): Reconciled[] {
  return payments.map((matched) => ({
    ...matched,
    year: matched.key?.year ?? Number(matched.payment.orderedOn.slice(0, 4)),
    side: sideOf(matched),
  }));
}

/** The years there is something of, the latest first; `today`'s is always among them. */
export function yearsOf(rows: readonly Reconciled[], today: string): number[] {
  return [...new Set([Number(today.slice(0, 4)), ...rows.map(({ year }) => year)])].sort((a, b) => b - a);
}
