import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { drawnOrder } from "@/protocol/draw";
import { canonicalRule, parseRule } from "@/voting/allocation/rule-spec";
import { countRound, tieOrderOf } from "./counting";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const projects = ["garden", "library", "pond"].map((proposal, index) => ({
  ...{
    number: index + 1,
    proposal,
    commons: `commons-${proposal}`,
    costCents: 100,
    digest: sha256(proposal),
  },
}));
const round = (seed?: string) => ({
  ...{ projects, budgetCents: 100, rule: canonicalRule(parseRule({ rule: "greedy" })) },
  ballot: { type: "approval" as const, least: 1, most: 2 },
  ...(seed !== undefined && { draw: { commitment: sha256("number"), seed } }),
});
const ballot = (key: string, choices: number[], seq = 1) => ({ key, seq, choices });

describe("a count", () => {
  it("leaves void ballots out of every number but their own", () => {
    const { outcome, voided } = countRound(round(), [
      ...[ballot("a", [1]), ballot("b", [2]), ballot("c", [2])],
      ...[ballot("d", [1, 2, 3]), ballot("e", []), ballot("f", [1, 1]), ballot("g", [7])],
    ]);
    expect(outcome).toMatchObject({ ballots: 3, void: 4, selected: [2] });
    expect(outcome.votes.map(({ votes }) => votes)).toEqual([1, 2, 0]);
    expect(voided.map(({ key }) => key)).toEqual(["d", "e", "f", "g"]);
  });

  it("takes the ballot cast last under a key, also where that one is void", () => {
    const again = countRound(round(), [ballot("a", [1], 1), ballot("a", [2], 2), ballot("b", [1], 1)]);
    expect(again.outcome).toMatchObject({ ballots: 2, votes: [{ votes: 1 }, { votes: 1 }, { votes: 0 }] });
    const spoilt = countRound(round(), [ballot("a", [1], 1), ballot("a", [], 2)]);
    expect(spoilt.outcome).toMatchObject({ ballots: 0, void: 1 });
  });

  it("tells equal projects apart by the drawn order, which no number on the ballot decides", () => {
    const tied = [ballot("a", [1]), ballot("b", [2]), ballot("c", [3])];
    const winners = new Set<number>();
    for (let number = 0; number < 24; number += 1) {
      const seed = sha256(String(number));
      const { outcome } = countRound(round(seed), tied);
      expect(outcome.selected).toEqual(drawnOrder(seed, projects, sha256).slice(0, 1));
      winners.add(outcome.selected[0] ?? 0);
    }
    expect([...winners].sort()).toEqual([1, 2, 3]);
    // A round frozen before there was a draw has the order of its numbers.
    expect(tieOrderOf(round())).toBeNull();
    expect(countRound(round(), tied).outcome.selected).toEqual([1]);
  });
});
