import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventEntry } from "@/protocol/events";
import { aboutOf, isWeeklyDay, oneLine, subjectsOf } from "./rules";

describe("a line of a header", () => {
  it("has no character that ends it or turns it around, whatever a name says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it("keeps what it can", () => {
    expect(oneLine("Città\r\n di  Torino")).toBe("Città di Torino");
  });
});

it("the week is told once in it", () => {
  const days = Array.from({ length: 70 }, (_, day) =>
    new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10),
  );
  const told = days.filter(isWeeklyDay);
  expect(told).toHaveLength(10);
  expect(told[0]).toBe("2027-01-04");
});

describe("what a transaction is about", () => {
  const round = {
    type: "round",
    idParts: ["r"],
    record: { id: "r", projects: [{ proposal: "p" }, { proposal: "q" }] },
  } as unknown as EventEntry;

  it("names a round, its proposals and their commons", () => {
    expect(subjectsOf(["orti"], [round]).sort()).toEqual([
      ...["commons:orti", "proposal:p", "proposal:q", "round:r"],
    ]);
    expect(aboutOf("rounds", ["orti"], [round])).toEqual({ type: "round", id: "r" });
  });

  it("leads to the commons where there is no page of its own", () => {
    expect(aboutOf("proposals", ["orti"], [])).toEqual({ type: "commons", id: "orti" });
    expect(aboutOf("proposals", [], [])).toBeUndefined();
  });
});
