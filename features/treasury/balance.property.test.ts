import fc from "fast-check";
import { expect, it } from "vitest";
import { match } from "./matching";
import { type Ledger, settleAll } from "./test/ledger";
import { moved } from "./test/movements";

const today = "2026-11-30";
const total = 100_00;

/** Cents that went out, or came back where they are negative, one day after the other. */
const history = fc
  .record({ part: fc.integer({ min: 1, max: total / 2 - 1 }), shape: fc.nat({ max: 11 }) })
  .map(({ part, shape }): number[] => {
    const [whole, rest] = [total, total - part];
    const shapes = [
      ...[[whole], [part, rest], [whole, -part], [whole, -rest], [whole, -whole], [part, rest, -part]],
      ...[
        [whole, -part, -rest],
        [whole, -part, part],
        [whole, -rest, rest],
        [whole, -whole, whole],
      ],
      ...[
        [whole, -whole, whole, -part],
        [whole, -whole, whole, -whole],
      ],
    ];
    return shapes[shape] ?? [];
  });

const sum = (cents: readonly number[]) => cents.reduce((all, one) => all + one, 0);

/** The ledger as somebody brought it by hand to what had happened after so many steps. */
function ledgerAfter(steps: readonly number[], isReturned: boolean): Ledger {
  const out = sum(steps.filter((cents) => cents > 0));
  const back = -sum(steps.filter((cents) => cents < 0));
  const isPaid = out >= total;
  const returned = isReturned && isPaid && back >= total;
  return [
    {
      ...{ id: "p", orderNumber: "1", amountCents: total, orderedOn: "2026-11-01" },
      state: returned ? "returned" : isPaid ? "paid" : "ordered",
      recoveredCents: isPaid && !returned ? Math.min(back, total) : 0,
    },
  ];
}

const remaining = ([payment]: Ledger) =>
  payment?.state === "paid" ? payment.amountCents - payment.recoveredCents : 0;

it("never goes beyond what happened nor agrees with less, where one source lacks its first rows and another its last", () => {
  fc.assert(
    fc.property(
      history,
      fc.record({ lacks: fc.nat({ max: 4 }), has: fc.nat({ max: 4 }), known: fc.nat({ max: 4 }) }),
      fc.boolean(),
      (steps, { lacks, has, known }, isReturned) => {
        // Of what no source tells, a payment alone can be known, from the ledger.
        fc.pre(
          lacks < steps.length &&
            lacks <= Math.max(has, known) &&
            steps.slice(has, lacks).every((cents) => cents > 0),
        );
        const rows = steps.map((cents, index) => ({
          operation: cents > 0 ? ("paid" as const) : ("reversed" as const),
          row: { amountCents: Math.abs(cents), on: `2026-11-${String(index + 2).padStart(2, "0")}` },
        }));
        const movements = [
          ...rows.slice(lacks).map(({ operation, row }) => moved(operation, row)),
          ...rows.slice(0, has).map(({ operation, row }) => moved(operation, { ...row, source: "outcomes" })),
        ];
        const start = ledgerAfter(steps.slice(0, known), isReturned);
        const end = settleAll(start, movements, today);
        const truth = sum(steps);
        const settlement = match(end, movements, today).payments[0]?.settlement;
        if (settlement?.kind === "recorded" && movements.length > 0) expect(remaining(end)).toBe(truth);
        if (end[0]?.state === "returned" && start[0]?.state === "ordered") expect(truth).toBe(0);
        if (end[0]?.recoveredCents !== start[0]?.recoveredCents)
          expect(remaining(end)).toBeGreaterThanOrEqual(truth);
        if (lacks === 0 && known === 0) expect(remaining(end)).toBe(truth);
      },
    ),
    { numRuns: 2000 },
  );
});
