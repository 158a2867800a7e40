import { expect, test } from "vitest";
import { contentOfNumbers } from "./content";

test("an open ballot's numbers are choices, with the points of each on a points ballot alone", () => {
  expect(contentOfNumbers("points", [2, 10], [3, 1])).toEqual({
    ...{ type: "points", choices: ["2", "10"], points: ["3", "1"] },
  });
  expect(contentOfNumbers("approval", [2, 10])).toEqual({ type: "approval", choices: ["2", "10"] });
});
