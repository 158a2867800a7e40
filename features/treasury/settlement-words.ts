/** What is said of a payment whose order a treasury speaks of: a key of `treasury.outcomes` and what fills it. Pure. */
import type { Matched } from "./matching";

export type SettlementWords = {
  key:
    | "silent"
    | "recorded"
    | "part_paid"
    | "reversed_unpaid"
    | "paid"
    | "paid_further"
    | "returned"
    | "recover"
    | "unreadable_number"
    | "ambiguous"
    | "on_its_way"
    | Extract<Matched["settlement"], { kind: "conflict" }>["conflict"];
  cents: number;
  day: string;
  tone: "neutral" | "info" | "success" | "warning" | "danger";
};

export function settlementWords(
  { payment, settlement }: Pick<Matched, "payment" | "settlement">,
  isOnItsWay: boolean,
): SettlementWords {
  const none = { cents: payment.amountCents, day: payment.orderedOn };
  switch (settlement.kind) {
    case "silent":
      return { key: "silent", ...none, tone: "neutral" };
    case "recorded":
      return { key: "recorded", ...none, tone: "success" };
    case "unreadable_number":
    case "ambiguous":
      return { key: settlement.kind, ...none, tone: "danger" };
    case "waiting":
      return { key: settlement.why, ...none, cents: settlement.cents, tone: "warning" };
    case "conflict":
      return {
        key: settlement.conflict,
        cents: settlement.cents ?? none.cents,
        day: settlement.day ?? none.day,
        tone: "danger",
      };
    case "act": {
      const { act, further } = settlement;
      if (isOnItsWay) return { key: "on_its_way", ...none, tone: "info" };
      if (act.transaction === "payments:recover")
        return { key: "recover", cents: act.amountCents, day: act.on, tone: "info" };
      if (act.transaction === "payments:recordReturned")
        return { key: "returned", ...none, day: act.on, tone: "info" };
      return { key: further ? "paid_further" : "paid", ...none, day: act.on, tone: "info" };
    }
  }
}
