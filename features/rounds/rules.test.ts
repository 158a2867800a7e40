import { expect, it } from "vitest";
import { votersOf } from "./rules";

it("counts as voters those whose ballots are void or in an area that nobody opens", () => {
  expect(votersOf({ ballots: 38, void: 1 })).toBe(39);
  expect(votersOf({ ballots: 38, void: 1, unopened: 6 })).toBe(45);
});
