import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { writeCsv } from "@/lib/export/csv";
import { writeJson } from "@/lib/export/json";
import { paymentsTable } from "./payment-export";
import type { PaymentView } from "./payment-list";

const payment: PaymentView = {
  id: "3f9a7c1e-0b2d-4c55-9d10-1234567890ab",
  state: "paid",
  amountCents: 123_405n,
  recoveredCents: 1_207n,
  requestedOn: "2026-01-01",
  paidOn: null,
  orderNumber: "007/2026",
  payee: '=HYPERLINK("x")',
  commons: { slug: "c", name: "Giardino; cortile" },
  milestone: { number: 1, title: "Lavori" },
  fictional: true,
  transactionId: "t",
};
const words = {
  name: "Pagamenti",
  heading: (column: string) => `Colonna ${column}`,
  state: (state: string) => (state === "paid" ? "pagato" : state),
};

describe("paymentsTable", () => {
  it("gives people their words, amounts and numbers of orders as they wrote them", () => {
    const [row] = parse(writeCsv(paymentsTable([payment], words)), {
      bom: true,
      delimiter: ";",
      columns: true,
    });
    expect(row).toMatchObject({
      "Colonna commons": "Giardino; cortile",
      "Colonna milestone": "1. Lavori",
      "Colonna payee": `'=HYPERLINK("x")`,
      "Colonna amount_eur": "1234,05",
      "Colonna recovered_eur": "12,07",
      "Colonna state": "pagato",
      "Colonna paid_on": "",
      "Colonna order_number": "'007/2026",
    });
  });

  it("gives programs the ledger's words", () => {
    expect(JSON.parse(writeJson(paymentsTable([payment])))).toMatchObject([
      {
        payee: '=HYPERLINK("x")',
        amount_eur: 1234.05,
        recovered_eur: 12.07,
        state: "paid",
        paid_on: null,
        order_number: "007/2026",
      },
    ]);
  });
});
