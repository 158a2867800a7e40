import { describe, expect, it } from "vitest";
import { oldestFirst, type RoundFacts, roundSteps, type Waiting } from "./rules";

const round = (facts: Partial<RoundFacts>): RoundFacts => ({
  ...{ state: "frozen", opensOn: "2026-11-10", closesAt: new Date("2026-11-20T23:30:00Z") },
  ...{ attestedOn: null, objectionDays: 10, openObjections: 0 },
  ...facts,
});

describe("the step a round waits for", () => {
  const steps = (facts: Partial<RoundFacts>, day: string) =>
    roundSteps(round(facts), day).map(({ transaction }) => transaction);

  it("is its opening from the day it opens on, not before", () => {
    expect(steps({}, "2026-11-09")).toEqual([]);
    expect(roundSteps(round({}), "2026-11-10")).toMatchObject([
      { transaction: "rounds:open", by: "responsible_officer", due: "2026-11-10" },
    ]);
  });

  it("is its closing from the last day of voting in Italy on", () => {
    expect(steps({ state: "open" }, "2026-11-15")).toEqual(["rounds:cast"]);
    expect(steps({ state: "open" }, "2026-11-20")).toEqual(["rounds:cast"]);
    expect(roundSteps(round({ state: "open" }), "2026-11-22")).toMatchObject([
      { transaction: "rounds:close", due: "2026-11-21", term: "round_closing" },
    ]);
  });

  it("is counting, then attesting", () => {
    expect(steps({ state: "closed" }, "2026-11-21")).toEqual(["rounds:count"]);
    expect(steps({ state: "counted" }, "2026-11-21")).toEqual(["rounds:attest"]);
  });

  it("is making it final when the days for objecting are over and no objection is open", () => {
    const attested = { state: "attested", attestedOn: "2026-11-21" };
    expect(steps(attested, "2026-12-01")).toEqual(["rounds:object"]);
    expect(steps(attested, "2026-12-02")).toEqual(["rounds:finalise"]);
    expect(steps({ ...attested, openObjections: 1 }, "2026-12-02")).toEqual([]);
  });

  it("is none once it is final", () => {
    expect(steps({ state: "final" }, "2027-01-01")).toEqual([]);
  });
});

describe("what waits", () => {
  const item = (id: string, since: string, dueOn?: string): Waiting => ({
    ...{
      transaction: "proposals:score" as const,
      id,
      title: id,
      since,
      place: { page: "proposal" as const, id },
    },
    ...(dueOn && { dueOn }),
  });

  it("is oldest first; of one day, what is due sooner, then by id", () => {
    const items = [
      item("d", "2026-11-02"),
      item("c", "2026-11-02"),
      item("b", "2026-11-02", "2026-12-01"),
      item("a", "2026-11-03"),
      item("e", "2026-11-01"),
    ];
    expect(oldestFirst(items).map(({ id }) => id)).toEqual(["e", "b", "c", "d", "a"]);
  });
});
