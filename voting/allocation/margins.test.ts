import { describe, expect, test } from "vitest";
import { createInstance } from "./instance";
import { marginsOf } from "./margins";
import { allocate } from "./rule";
import { parseRule } from "./rule-spec";

/** So many ballots for each project alone. */
function instanceOf(votes: readonly number[], costs: readonly bigint[], budget: bigint) {
  return createInstance({
    budget,
    projects: costs.map((cost, index) => ({ id: String(index + 1), cost })),
    ballots: votes.flatMap((count, project) => Array.from({ length: count }, () => [{ project, points: 1 }])),
  });
}

function margins(rule: unknown, votes: readonly number[], costs: readonly bigint[], budget: bigint) {
  const instance = instanceOf(votes, costs, budget);
  return marginsOf(instance, allocate(instance, parseRule(rule)));
}

describe("by number of votes", () => {
  test("who wins may lose all but a tie, and who loses lacks as many and one more", () => {
    // The dearer of two equals comes second.
    expect(margins({ rule: "greedy" }, [20, 12], [60n, 50n], 100n)).toEqual([
      { project: "1", kind: "fewer", votes: 7 },
      { project: "2", kind: "more", votes: 8 },
    ]);
  });

  test("where there is money for all nobody could have lost", () => {
    expect(margins({ rule: "greedy" }, [3, 1], [10n, 20n], 100n)).toEqual([
      { project: "1", kind: "safe" },
      { project: "2", kind: "safe" },
    ]);
  });

  test("what costs more than there is lacks no votes", () => {
    expect(margins({ rule: "greedy" }, [3, 9], [10n, 200n], 100n)).toEqual([{ project: "1", kind: "safe" }]);
  });
});

test.each([{ rule: "greedy" }, { rule: "greedy-per-cost" }, { rule: "mes" }, { rule: "phragmen" }])(
  "%j: with as many ballots more the project is selected, and with one fewer it is not",
  (rule) => {
    const votes = [30, 22, 14, 9];
    const costs = [50n, 45n, 40n, 35n];
    const found = margins(rule, votes, costs, 100n).filter(({ kind }) => kind === "more");
    expect(found.length).toBeGreaterThan(0);
    for (const margin of found) {
      if (margin.kind !== "more") continue;
      const selected = (more: number) => {
        const raised = votes.map((count, index) => count + (String(index + 1) === margin.project ? more : 0));
        return allocate(instanceOf(raised, costs, 100n), parseRule(rule)).selected.includes(margin.project);
      };
      expect([selected(margin.votes - 1), selected(margin.votes)]).toEqual([false, true]);
    }
  },
);

test("rules that ask whose votes they are tell nothing of those selected", () => {
  const kinds = margins({ rule: "mes" }, [30, 22, 14], [50n, 45n, 40n], 100n).map(({ kind }) => kind);
  expect(kinds).not.toContain("fewer");
  expect(kinds).not.toContain("safe");
});
