import fc from "fast-check";
import { expect, it } from "vitest";
import { keptOf, match } from "./matching";
import { readTreasuryFile } from "./read-file";
import { bytesOf, cashJournal, entity, outcomeMessage } from "./test/files";
import { type Ledger, settleAll } from "./test/ledger";
import { joinFiles } from "./upload";

const own = { office: entity.office, siope: entity.siope };
const today = "2026-11-30";

/** What a treasury did with one order, and where the ledger has to be at the end of it. */
type Story = { steps: readonly Step[]; state: string; paidCents: number };
type Step = { journal: string; outcome: string; cents: number };

const total = 100_00;
const parts = fc.integer({ min: 1, max: total - 1 });
const out = (cents: number, regularised = false): Step => ({
  ...{
    journal: regularised ? "REGOLARIZZATO" : "ESEGUITO",
    outcome: regularised ? "REGOLARIZZATO" : "PAGATO",
    cents,
  },
});
const back = (cents: number): Step => ({ journal: "STORNATO", outcome: "STORNATO", cents });
const story: fc.Arbitrary<Story> = fc.oneof(
  fc.boolean().map((regularised) => ({ steps: [out(total, regularised)], state: "paid", paidCents: total })),
  parts.map((cents) => ({ steps: [out(cents), out(total - cents)], state: "paid", paidCents: total })),
  parts.map((cents) => ({ steps: [out(total), back(cents)], state: "paid", paidCents: total - cents })),
  parts.map((cents) => ({ steps: [out(cents)], state: "ordered", paidCents: 0 })),
  fc.constant({ steps: [out(total), back(total)], state: "returned", paidCents: 0 }),
  fc.constant({ steps: [out(total), back(total), out(total)], state: "paid", paidCents: total }),
  fc.constant({ steps: [], state: "ordered", paidCents: 0 }),
);

const ordered = (count: number): Ledger =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: `p${index}`, state: "ordered", amountCents: total, recoveredCents: 0, orderedOn: "2026-11-01" },
    orderNumber: index === 0 ? "1" : `1-${index + 1}`,
  }));

const euro = (cents: number) => (cents / 100).toFixed(2);
const dayOf = (step: number) => `2026-11-${String(step + 2).padStart(2, "0")}`;

/** One row of the journal and one outcome message's row for each step of each payee. */
function rowsOf(stories: readonly Story[]) {
  return stories.flatMap(({ steps }, payee) =>
    steps.map((step, index) => ({
      journal: {
        ...{
          order: 1,
          payee: payee + 1,
          amount: euro(step.cents),
          operation: step.journal,
          on: dayOf(index),
        },
        number: payee * 10 + index + 1,
      },
      outcome: {
        ...{
          order: 1,
          payee: payee + 1,
          amount: euro(step.cents),
          outcome: step.outcome,
          at: `${dayOf(index)}T12:00:00`,
        },
      },
    })),
  );
}

it("any history, in any order, in any files, twice, ends in its one right state", () => {
  fc.assert(
    fc.property(
      fc.array(story, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
      fc.boolean(),
      (stories, order, both) => {
        const rows = rowsOf(stories);
        const shuffled = <T>(list: T[]) =>
          list
            .map((item, index) => [order[index] ?? 0, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item);
        const foreign = { order: 2, payee: 1, amount: "5.00", operation: "ESEGUITO", number: 999 };
        const journal = shuffled([...rows.map(({ journal }) => journal), foreign]);
        const files = [
          cashJournal(journal.slice(0, order.length % 3), { page: 1, pages: 2 }),
          cashJournal(journal.slice(order.length % 3), { page: 2, pages: 2 }),
        ].map((text) => readTreasuryFile(bytesOf(text)));
        const joined = joinFiles(files, own);
        if (!("upload" in joined)) throw new Error(joined.problem);
        const outcomes =
          both && rows.length > 0
            ? readTreasuryFile(bytesOf(outcomeMessage(shuffled(rows.map(({ outcome }) => outcome)))))
                .movements
            : [];
        const ledger = ordered(stories.length);
        const all = [...joined.upload.movements, ...outcomes, ...joined.upload.movements];
        const matching = match(ledger, all, today);
        expect(matching.foreign.every(({ order }) => order === 2)).toBe(true);
        expect(keptOf(matching).some(({ order }) => order === 2)).toBe(false);
        const end = settleAll(ledger, all, today);
        expect(
          end.map(({ state, recoveredCents }) => [state, state === "paid" ? total - recoveredCents : 0]),
        ).toEqual(stories.map(({ state, paidCents }) => [state, paidCents]));
        // Said again, nothing is left to do.
        expect(match(end, all, today).payments.some(({ settlement }) => settlement.kind === "act")).toBe(
          false,
        );
      },
    ),
    { numRuns: 300 },
  );
});

it("rows that come one import after the other end where they all together do", () => {
  fc.assert(
    fc.property(story, ({ steps, state, paidCents }) => {
      const rows = rowsOf([{ steps, state, paidCents }]).map(({ journal }) => journal);
      let ledger = ordered(1);
      for (let count = 1; count <= rows.length; count += 1) {
        const { movements } = readTreasuryFile(bytesOf(cashJournal(rows.slice(0, count))));
        ledger = settleAll(ledger, movements, today);
      }
      const [payment] = ledger;
      const paid = payment?.state === "paid" ? total - (payment.recoveredCents ?? 0) : 0;
      const restored = steps.length === 3;
      // What was taken back on the ledger cannot be paid again by the same order: a sentence says so.
      expect(paid).toBe(restored ? 0 : paidCents);
      if (restored) {
        const { movements } = readTreasuryFile(bytesOf(cashJournal(rows)));
        expect(match(ledger, movements, today).payments[0]?.settlement).toMatchObject({ kind: "conflict" });
      }
    }),
  );
});
