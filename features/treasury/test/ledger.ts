import { match, type NumberedPayment } from "../matching";
import type { Movement } from "../movement";

export type Ledger = NumberedPayment[];

/** Carries out what is proposed, as the chaincode does, until nothing more is. */
export function settleAll(ledger: Ledger, movements: readonly Movement[], today: string): Ledger {
  let now = ledger;
  for (let round = 0; round < 4; round += 1) {
    const { payments } = match(now, movements, today);
    if (payments.every(({ settlement }) => settlement.kind !== "act")) return now;
    now = payments.map(({ payment, settlement }) => {
      if (settlement.kind !== "act") return payment;
      const { act } = settlement;
      if (act.transaction === "payments:recover")
        return { ...payment, recoveredCents: payment.recoveredCents + act.amountCents };
      return { ...payment, state: act.transaction === "payments:recordPaid" ? "paid" : "returned" };
    });
  }
  throw new Error("it never ends");
}
