import { describe, expect, it } from "vitest";
import { sortPayments } from "./payment-list";
import type { PaymentView } from "./queries";

function payment(changes: Partial<PaymentView>): PaymentView {
  return {
    id: "p",
    state: "paid",
    amountCents: 100n,
    requestedOn: "2026-01-01",
    paidOn: null,
    orderNumber: null,
    payee: "Alfa",
    line: "l",
    commons: { id: "c", slug: "c", name: "Giardino" },
    milestone: { id: "m", number: 1, title: "Lavori" },
    fictional: true,
    transactionId: "t",
    block: "1",
    ...changes,
  };
}

describe("sortPayments", () => {
  const list = [
    payment({ id: "a", amountCents: 5n }),
    payment({ id: "b", amountCents: 70n, state: "requested" }),
  ];

  it("sorts amounts as numbers and states by their order", () => {
    expect(sortPayments(list, { column: "amount", direction: "descending" })[0]?.id).toBe("b");
    expect(sortPayments(list, { column: "state", direction: "ascending" })[0]?.id).toBe("b");
  });

  it("takes an unknown column as the date", () => {
    expect(sortPayments(list, { column: "constructor", direction: "ascending" })).toHaveLength(2);
  });
});
