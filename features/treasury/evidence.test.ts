import fc from "fast-check";
import { expect, it } from "vitest";
import { transactions } from "@/protocol/transactions";
import { referenceOf } from "./evidence";
import type { Movement } from "./movement";

const operation = fc.constantFrom<Movement["operation"]>("paid", "regularised", "reversed", "cancelled");
const movement: fc.Arbitrary<Movement> = fc.record({
  ...{ source: fc.constant("journal" as const), year: fc.constant(2026), order: fc.constant(9_999_999) },
  ...{ payee: fc.constant(9_999_999), operation, amountCents: fc.nat(), on: fc.constant("2026-11-12") },
  receipt: fc.option(fc.stringMatching(/^\d{1,20}$/)),
  ...{ mark: fc.stringMatching(/^\d{1,18}$/), ownFlow: fc.boolean() },
});
const act = fc.constantFrom(
  { transaction: "payments:recordPaid", on: "2026-11-12" } as const,
  { transaction: "payments:recordReturned", on: "2026-11-12" } as const,
  { transaction: "payments:recover", amountCents: 1, on: "2026-11-12" } as const,
);

it("whatever the treasury says, the ledger takes the reference", () => {
  const key = { year: 2026, order: 9_999_999, payee: 9_999_999 };
  const { reference } = transactions["payments:recover"].input.shape;
  fc.assert(
    fc.property(act, fc.array(movement, { maxLength: 20 }), (asked, movements) => {
      expect(reference.safeParse(referenceOf(key, asked, movements)).success).toBe(true);
    }),
  );
});
