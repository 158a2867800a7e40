import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactions } from "@/protocol/transactions";
import { chapterNames, chapterOf, chaptersOf } from "./chapters";

const names = Object.keys(transactions);
const steps = (...list: string[]) => list.map((name, index) => ({ name, index }));
const told = (...list: string[]) =>
  chaptersOf(steps(...list)).map((story) => story.map(({ name, steps: own }) => `${name} ${own.length}`));

describe("chapters of a thread", () => {
  it("tell a commons from the idea to its reports", () => {
    expect(
      told(
        ...["commons:register", "proposals:submit", "proposals:publish", "proposals:startAssessment"],
        ...["proposals:admit", "rounds:open", "proposals:fund", "proposals:startCoDesign", "pacts:draft"],
        ...["pacts:activate", "funds:commit", "payments:recordPaid", "reports:submit"],
      ),
    ).toEqual([["idea 3", "assessment 2", "vote 2", "co_design 1", "pact 2", "works 2", "reports 1"]]);
  });

  it("keep together what is told in turns", () => {
    expect(told("funds:commit", "reports:submit", "payments:recordPaid", "reports:submit")).toEqual([
      ["works 2", "reports 2"],
    ]);
  });

  it("leave a document in the chapter in which it was recorded", () => {
    expect(told("proposals:submit", "pacts:draft", "documents:record", "pacts:sign")).toEqual([
      ["idea 1", "pact 3"],
    ]);
  });

  it("begin anew with a proposal after one that was assessed, not with a second one beside it", () => {
    const first = ["proposals:submit", "proposals:publish"];
    expect(told(...first, "proposals:submit", "proposals:reject")).toEqual([["idea 3", "assessment 1"]]);
    expect(told(...first, "proposals:reject", ...first)).toEqual([["idea 2", "assessment 1"], ["idea 2"]]);
  });

  it("lose no step and keep their order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names, "unknown:step")), (list) => {
        const stories = chaptersOf(steps(...list));
        const all = stories.flat().flatMap((chapter) => chapter.steps.map(({ index }) => index));
        expect(all.sort((a, b) => a - b)).toEqual(list.map((_, index) => index));
        for (const { steps: own } of stories.flat())
          expect(own.map(({ index }) => index)).toEqual(own.map(({ index }) => index).sort((a, b) => a - b));
      }),
    );
  });

  it("know every transaction, and take one that is gone where it stands", () => {
    for (const name of names) expect([...chapterNames, "here"]).toContain(chapterOf(name));
    expect(chapterOf("gone:long ago")).toBe("here");
  });
});
