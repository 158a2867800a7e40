import { describe, expect, it } from "vitest";
import { roundSchema, ruleOfChoice } from "./schema";

const round = {
  call: "c",
  title: "Piazze",
  summary: "Scegli",
  ballotType: "approval",
  least: "1",
  most: "4",
  rule: "equal_shares",
  budget: "40.000,00",
  proposals: ["a", "b", "c", "d"],
  opensOn: "2026-11-22",
  closesAt: "2026-12-01T20:00",
  requiredAttestations: "2",
  objectionDays: "10",
};

describe("roundSchema", () => {
  const fields = (changes: object) =>
    roundSchema("it")
      .safeParse({ ...round, ...changes })
      .error?.issues.map((issue) => [issue.path[0], issue.message]);

  it("takes a round and reads its closing as Italian time", () => {
    const parsed = roundSchema("it").parse(round);
    expect(parsed.closesAt.toISOString()).toBe("2026-12-01T19:00:00.000Z");
    expect(parsed.budget).toBe(4_000_000n);
  });

  it("names the field that is wrong", () => {
    expect(fields({ closesAt: "2026-11-20T20:00" })).toEqual([["closesAt", "dates_out_of_order"]]);
    expect(fields({ closesAt: "2027-03-28T02:30" })).toEqual([["closesAt", "hour_skipped"]]);
    expect(fields({ opensOn: "2026-12-02", closesAt: "2026-12-02T00:30" })).toBeUndefined();
    expect(fields({ most: "0" })?.[0]?.[0]).toBe("most");
    expect(fields({ least: "5" })).toEqual([["most", "most_below_least"]]);
    expect(fields({ most: "5" })).toEqual([["most", "most_above_projects"]]);
    expect(fields({ ballotType: "choice" })).toEqual([["most", "choice_is_one"]]);
    expect(fields({ budget: "-1" })).toEqual([["budget", "amount_negative"]]);
    expect(fields({ proposals: [] })).toEqual([["proposals", "required"]]);
  });
});

it("a least number of votes belongs to the rule by number of votes, and to no other", () => {
  expect(ruleOfChoice("greedy", 30)).toMatchObject({ rule: "greedy", threshold: "30" });
  expect(ruleOfChoice("greedy")).toMatchObject({ threshold: null });
  const issues = roundSchema("it").safeParse({ ...round, leastVotes: "30" }).error?.issues;
  expect(issues?.map(({ path, message }) => [path[0], message])).toEqual([
    ["leastVotes", "least_votes_of_greedy"],
  ]);
  expect(roundSchema("it").safeParse({ ...round, rule: "greedy", leastVotes: "30" }).success).toBe(true);
});

it("technical score plus votes is drafted without scores: they are those of the admission", () => {
  expect(ruleOfChoice("score_plus_votes")).toEqual({ rule: "score-plus-votes", weight: "50", scores: {} });
});
