import { describe, expect, it } from "vitest";
import { match } from "./matching";
import type { Movement } from "./movement";
import { settle } from "./settlement";
import { moved } from "./test/movements";

const payment = {
  id: "p",
  state: "ordered",
  amountCents: 100_00,
  recoveredCents: 0,
  orderedOn: "2026-11-01",
};
const today = "2026-11-30";
const act = (transaction: string, on = "2026-11-05", further = false) => ({
  kind: "act",
  act: { transaction, on },
  further,
});

describe("settle", () => {
  it("records what was paid, once, whoever tells of it", () => {
    const paid = moved("paid");
    expect(settle(payment, [paid, paid], today)).toEqual(act("payments:recordPaid"));
    expect(settle(payment, [paid, moved("paid", { source: "outcomes" })], today)).toEqual(
      act("payments:recordPaid"),
    );
    expect(settle(payment, [moved("regularised")], today)).toEqual(act("payments:recordPaid"));
    expect(settle(payment, [moved("paid", { amountCents: null, source: "outcomes" })], today)).toEqual(
      act("payments:recordPaid"),
    );
    expect(settle({ ...payment, state: "paid" }, [paid], today)).toEqual({ kind: "recorded" });
  });

  it("waits until all of it is paid", () => {
    const part = moved("paid", { amountCents: 40_00 });
    expect(settle(payment, [part], today)).toEqual({ kind: "waiting", why: "part_paid", cents: 40_00 });
    const rest = moved("paid", { amountCents: 60_00, on: "2026-11-09" });
    expect(settle(payment, [rest, part], today)).toEqual(act("payments:recordPaid", "2026-11-09"));
  });

  it("records as returned what ends unpaid", () => {
    for (const ended of ["not_executable", "cancelled"] as const)
      expect(settle(payment, [moved(ended)], today)).toEqual(act("payments:recordReturned"));
    const back = moved("reversed", { on: "2026-11-08" });
    expect(settle(payment, [back, moved("paid")], today)).toEqual(
      act("payments:recordReturned", "2026-11-08"),
    );
    expect(settle({ ...payment, state: "returned" }, [moved("cancelled")], today)).toEqual({
      kind: "recorded",
    });
  });

  it("takes back what a reversal brings back of a payment on the ledger", () => {
    const back = moved("reversed", { amountCents: 30_00 });
    const recover = { transaction: "payments:recover", amountCents: 30_00, on: "2026-11-05" };
    expect(settle(payment, [moved("paid"), back], today)).toEqual(
      act("payments:recordPaid", "2026-11-05", true),
    );
    expect(settle({ ...payment, state: "paid" }, [back], today)).toEqual({
      kind: "act",
      act: recover,
      further: false,
    });
    expect(settle({ ...payment, state: "paid", recoveredCents: 30_00 }, [back], today)).toEqual({
      kind: "recorded",
    });
  });

  it("waits for the payment that a reversal brings back", () => {
    expect(settle(payment, [moved("reversed")], today)).toMatchObject({
      kind: "waiting",
      why: "reversed_unpaid",
    });
  });

  it.each([
    ["amount_differs", payment, [moved("paid", { amountCents: 100_01 })]],
    ["amount_differs", { ...payment, state: "paid" }, [moved("reversed", { amountCents: 100_01 })]],
    ["paid_after_returned", { ...payment, state: "returned" }, [moved("paid")]],
    ["not_executable_after_paid", payment, [moved("paid"), moved("not_executable")]],
    ["not_executable_after_paid", { ...payment, state: "paid" }, [moved("cancelled")]],
    ["ledger_recovered_more", { ...payment, state: "paid", recoveredCents: 1 }, [moved("paid")]],
    ["before_order", { ...payment, orderedOn: "2026-11-06" }, [moved("paid")]],
    ["in_future", payment, [moved("paid", { on: "2026-12-01" })]],
    ["restored", payment, [moved("paid"), moved("restored")]],
    ["replaced", payment, [moved("replaced")]],
  ] as const)("changes nothing where it would have to guess: %s", (conflict, on, movements) => {
    expect(settle(on, movements, today)).toMatchObject({ kind: "conflict", conflict });
  });

  describe("a source that lacks the first rows", () => {
    const back = moved("reversed", { on: "2026-11-08" });
    const again = moved("paid", { on: "2026-11-10" });
    const paid = { ...payment, state: "paid" };
    const told = moved("paid", { source: "outcomes" });

    it("tells of a payment of before by the reversal that it begins with", () => {
      expect(settle(paid, [back, again], today)).toEqual({ kind: "recorded" });
      expect(settle({ ...paid, recoveredCents: 100_00 }, [back, again], today)).toEqual({
        ...{ kind: "conflict", conflict: "paid_again", cents: 100_00 },
      });
      expect(settle({ ...payment, state: "returned" }, [back, again], today)).toEqual({
        ...{ kind: "conflict", conflict: "paid_after_returned", cents: 100_00 },
      });
      expect(settle({ ...payment, state: "returned" }, [back], today)).toEqual({ kind: "recorded" });
    });

    it("waits for that payment where nobody tells of it", () => {
      const waits = { kind: "waiting", why: "reversed_unpaid", cents: 100_00 };
      expect(settle(payment, [back, again], today)).toEqual(waits);
      // The payment told of may be that of later.
      expect(settle(payment, [back, moved("paid", { source: "outcomes", on: "2026-11-10" })], today)).toEqual(
        waits,
      );
    });

    it("takes that payment from a source that tells of it", () => {
      expect(settle(payment, [told, back, again], today)).toEqual(act("payments:recordPaid", "2026-11-10"));
      expect(settle(payment, [told, back], today)).toEqual(act("payments:recordReturned", "2026-11-08"));
      expect(settle(paid, [told, back, again], today)).toEqual({ kind: "recorded" });
      const sameDay = moved("reversed", { amountCents: 30_00 });
      expect(settle(payment, [told, sameDay], today)).toEqual(act("payments:recordPaid", "2026-11-05", true));
    });

    it("does not say how much of a part is out that may be that of before or another", () => {
      const part = { amountCents: 30_00 };
      const rows = [
        moved("reversed", { ...part, on: "2026-11-08" }),
        moved("paid", { ...part, on: "2026-11-10" }),
      ];
      for (const recoveredCents of [0, 30_00])
        expect(settle({ ...paid, recoveredCents }, rows, today)).toEqual({
          ...{ kind: "waiting", why: "reversed_unpaid", cents: 30_00 },
        });
      expect(settle(paid, [told, ...rows], today)).toEqual({ kind: "recorded" });
    });

    it("does not agree with one whose rows end otherwise", () => {
      const reversed = moved("reversed", { source: "outcomes", on: "2026-11-08" });
      const contradictory = { kind: "conflict", conflict: "sources_differ" };
      for (const state of ["ordered", "paid", "returned"])
        expect(settle({ ...payment, state }, [told, reversed, again], today)).toMatchObject(contradictory);
      const last = moved("reversed", { on: "2026-11-12" });
      const outcomes = [told, reversed, moved("paid", { source: "outcomes", on: "2026-11-10" })];
      expect(settle(payment, [...outcomes, again, last], today)).toMatchObject(contradictory);
      const part = moved("reversed", { amountCents: 20_00, on: "2026-11-12" });
      const most = moved("reversed", { source: "outcomes", amountCents: 30_00, on: "2026-11-08" });
      expect(settle(payment, [told, most, part], today)).toMatchObject(contradictory);
    });
  });

  it("lets an order that failed be paid on a later day", () => {
    const failed = moved("not_executable", { on: "2026-11-03" });
    expect(settle(payment, [moved("paid"), failed], today)).toEqual(act("payments:recordPaid"));
    expect(settle(payment, [moved("noted")], today)).toEqual({ kind: "silent" });
  });
});

describe("match", () => {
  const first = { ...payment, id: "a", orderNumber: "1" };
  const second = { ...payment, id: "b", orderNumber: "1-2" };

  it("gives each payment the rows of its own key, and leaves others' out", () => {
    const rows = [
      moved("paid"),
      moved("paid", { payee: 2 }),
      moved("paid", { payee: 3 }),
      moved("paid", { order: 9 }),
    ];
    const { payments, foreign, unknown } = match([first, second], rows, today);
    expect(payments.map(({ movements }) => movements)).toEqual([[rows[0]], [rows[1]]]);
    expect(foreign).toEqual([rows[2], rows[3]]);
    expect(unknown).toEqual([]);
  });

  it("does not share a whole order among several payments", () => {
    const whole = moved("paid", { payee: null, amountCents: null });
    expect(match([first, second], [whole], today).payments.map(({ settlement }) => settlement.kind)).toEqual([
      "ambiguous",
      "ambiguous",
    ]);
    expect(match([first], [whole], today).payments[0]?.settlement).toEqual(act("payments:recordPaid"));
  });

  it("is not hindered by a row of the whole order that moves no money", () => {
    const noted = moved("noted", { payee: null, source: "outcomes" });
    const kinds = (rows: Movement[]) =>
      match([first, second], rows, today).payments.map(({ settlement }) => settlement.kind);
    expect(kinds([noted])).toEqual(["silent", "silent"]);
    expect(kinds([noted, moved("paid")])).toEqual(["act", "silent"]);
    expect(kinds([moved("cancelled", { payee: null })])).toEqual(["ambiguous", "ambiguous"]);
  });

  it("settles a payment by its own rows where they tell of all that a whole order's row can", () => {
    const whole = moved("paid", { payee: null, amountCents: null, source: "outcomes" });
    const settled = (rows: Movement[]) =>
      match([first, second], [whole, ...rows], today).payments.map(({ settlement }) => settlement);
    const paid = act("payments:recordPaid");
    expect(settled([moved("paid")])).toEqual([paid, { kind: "ambiguous" }]);
    expect(settled([moved("paid"), moved("paid", { payee: 2 })])).toEqual([paid, paid]);
    const half = { amountCents: 50_00 };
    expect(settled([moved("paid", half), moved("paid", { ...half, source: "outcomes" })])[0]?.kind).toBe(
      "ambiguous",
    );
    // After a reversal it may be a second payment.
    for (const on of ["2026-11-04", "2026-11-05"])
      expect(settled([moved("paid", { on: "2026-11-03" }), moved("reversed", { on })])[0]?.kind).toBe(
        "ambiguous",
      );
    const later = moved("reversed", { on: "2026-11-08", amountCents: 30_00 });
    expect(settled([moved("paid"), later])[0]).toEqual({ ...paid, further: true });
    const { payments } = match([first, second], [whole, moved("paid")], today);
    expect(payments.map(({ movements }) => movements.includes(whole))).toEqual([true, true]);
  });

  it("says what cannot be told apart or read", () => {
    const same = { ...payment, id: "c", orderNumber: "0001/2026" };
    expect(match([first, same], [moved("paid")], today).payments[0]?.settlement.kind).toBe("ambiguous");
    expect(match([{ ...first, orderNumber: "prot. 5" }], [], today).payments[0]?.settlement.kind).toBe(
      "unreadable_number",
    );
  });

  it("knows an order of a flow written here that no payment has", () => {
    const lost = moved("paid", { order: 7, ownFlow: true });
    expect(match([first], [lost], today)).toMatchObject({ unknown: [lost], foreign: [] });
  });
});
