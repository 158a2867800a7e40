import { describe, expect, it } from "vitest";
import { parsePoints, pointsProblem, reachesThreshold } from "./rules";

const criteria = [
  { id: "needs", weight: 60 },
  { id: "people", weight: 40 },
];

describe("parsePoints", () => {
  it.each([
    ["7", 700],
    ["7,5", 750],
    ["7.25", 725],
    ["100", 10_000],
    ["0,05", 5],
  ])("reads %s as hundredths", (typed, hundredths) => {
    expect(parsePoints(typed)).toBe(hundredths);
  });

  it.each(["7,255", "-1", "sette", "1e2", "7,", ""])("refuses %s", (typed) => {
    expect(parsePoints(typed)).toBeUndefined();
  });
});

describe("pointsProblem", () => {
  it("finds none where each criterion has points within its weight", () => {
    expect(pointsProblem(criteria, { needs: 6000, people: 0 })).toBeUndefined();
  });

  it("names the criterion that is over its weight", () => {
    expect(pointsProblem(criteria, { needs: 6001, people: 10 })).toEqual({
      code: "score_over_weight",
      criterion: "needs",
      weight: 60,
    });
  });

  it("names every criterion without points", () => {
    expect(pointsProblem(criteria, {})).toEqual({ code: "score_missing", criteria: ["needs", "people"] });
  });
});

describe("reachesThreshold", () => {
  it("takes the exact average, not a rounded one", () => {
    expect(reachesThreshold([7000, 7000], 70)).toBe(true);
    expect(reachesThreshold([7000, 6999], 70)).toBe(false);
  });
});
