import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FlowRows, flowGraph } from "./flows";

const amount = fc.bigInt({ min: 1n, max: 10_000_000n });

/** Rows that respect the ledger's rule: payments within milestones within commitments. */
const rows: fc.Arbitrary<FlowRows> = fc
  .array(
    fc.record({
      line: fc.constantFrom("a", "b", "c"),
      commons: fc.constantFrom("x", "y"),
      parts: fc.array(fc.record({ amount, payments: fc.array(amount, { maxLength: 3 }) }), { maxLength: 4 }),
      spare: fc.bigInt({ min: 0n, max: 5000n }),
    }),
    { maxLength: 6 },
  )
  .map((commitments) => {
    const built: {
      -readonly [K in keyof FlowRows]: FlowRows[K] extends readonly (infer R)[] ? R[] : FlowRows[K];
    } = {
      lines: ["a", "b", "c"].map((id) => ({ id, fund: id === "c" ? "F2" : "F1", name: id })),
      commitments: [],
      milestones: [],
      payments: [],
      others: [],
      names: { commons: new Map(), subjects: new Map() },
    };
    commitments.forEach(({ line, commons, parts, spare }, index) => {
      const id = `k${index}`;
      let total = spare + 1n;
      parts.forEach((part, number) => {
        const paid = part.payments.reduce((sum, cents) => sum + cents, 0n);
        const milestone = { id: `${id}-${number}`, commitment: id, number, amountCents: part.amount + paid };
        built.milestones.push(milestone);
        total += milestone.amountCents;
        for (const amountCents of part.payments)
          built.payments.push({ milestone: milestone.id, payee: `p${amountCents % 3n}`, amountCents });
      });
      built.commitments.push({ id, line, commons, payee: "p0", amountCents: total });
    });
    // Every third is not followed any further.
    built.others = built.commitments.filter((_, index) => index % 3 === 2);
    built.commitments = built.commitments.filter((_, index) => index % 3 !== 2);
    return built;
  });

describe("flowGraph", () => {
  it("loses and makes no cent: what flows into a node flows out, but at its two ends", () => {
    fc.assert(
      fc.property(rows, (given) => {
        const { nodes, links } = flowGraph(given);
        const total = [...given.commitments, ...given.others].reduce(
          (sum, { amountCents }) => sum + amountCents,
          0n,
        );
        const into = (id: string) =>
          sum(links.filter(({ target }) => target === id).map(({ cents }) => cents));
        const outOf = (id: string) =>
          sum(links.filter(({ source }) => source === id).map(({ cents }) => cents));
        for (const { id, kind } of nodes) {
          if (["line", "commons", "milestone"].includes(kind)) expect(outOf(id)).toBe(into(id));
        }
        const ends = nodes.filter(({ kind }) =>
          ["payee", "unplanned", "unrequested", "others"].includes(kind),
        );
        expect(sum(ends.map(({ id }) => into(id)))).toBe(total);
        expect(sum(nodes.filter(({ kind }) => kind === "fund").map(({ id }) => outOf(id)))).toBe(total);
      }),
    );
  });
});

function sum(cents: readonly bigint[]): bigint {
  return cents.reduce((total, value) => total + value, 0n);
}
