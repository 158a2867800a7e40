import { describe, expect, it } from "vitest";
import type { Waiting } from "./rules";
import { stoppedIn } from "./stopped";

const waiting = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  ...{ id, transaction: "payments:check", title: id, since: "2026-11-01", amountCents: 100n },
  place: { page: "pact", slug: "pact" },
  ...more,
});
const offices = (transaction: string) =>
  transaction === "payments:check"
    ? (["responsible_officer"] as const)
    : (["treasurer", "resident"] as const);

describe("stopped money", () => {
  it("counts a payment once, whoever may move it, and no resident among the offices", () => {
    const items = stoppedIn([waiting("p"), waiting("p", { transaction: "payments:refuse" })], offices);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ amountCents: 100n, offices: ["responsible_officer", "treasurer"] });
  });

  it("is told from the longest waiting on", () => {
    const items = stoppedIn([waiting("new", { since: "2026-11-20" }), waiting("old")], offices);
    expect(items.map(({ id }) => id)).toEqual(["old", "new"]);
  });

  it("is none where no amount waits", () => {
    const { amountCents: _, ...bare } = waiting("bare");
    expect(stoppedIn([bare, waiting("nothing", { amountCents: 0n })], offices)).toEqual([]);
  });
});
