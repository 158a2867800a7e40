import { describe, expect, it } from "vitest";
import { instantInItaly, roundSchema } from "./schema";

const round = {
  call: "c",
  title: "Piazze",
  summary: "Scegli",
  ballotType: "approval",
  least: "1",
  most: "4",
  rule: "equal_shares",
  budget: "40.000,00",
  proposals: ["a"],
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
    expect(fields({ most: "0" })?.[0]?.[0]).toBe("most");
    expect(fields({ least: "5" })).toEqual([["most", "most_below_least"]]);
    expect(fields({ ballotType: "choice" })).toEqual([["most", "choice_is_one"]]);
    expect(fields({ budget: "-1" })).toEqual([["budget", "amount_negative"]]);
    expect(fields({ proposals: [] })).toEqual([["proposals", "required"]]);
  });
});

describe("instantInItaly", () => {
  it("follows summer time and refuses dates that do not exist", () => {
    expect(instantInItaly("2026-07-01T12:00")?.toISOString()).toBe("2026-07-01T10:00:00.000Z");
    expect(instantInItaly("2026-12-01T12:00")?.toISOString()).toBe("2026-12-01T11:00:00.000Z");
    expect(instantInItaly("2026-02-30T12:00")).toBeUndefined();
  });
});
