import { expect, it } from "vitest";
import type { RecordOf } from "@/protocol/records";
import { toldVoters, votersOf } from "./rules";

it("counts as voters those whose ballots are void or in an area that nobody opens", () => {
  expect(votersOf({ ballots: 38, void: 1 })).toBe(39);
  expect(votersOf({ ballots: 38, void: 1, unopened: 6 })).toBe(45);
});

it("tells how many voted in a sealed round once it is counted, and nothing before", () => {
  const outcome = { ballots: 38, void: 0, unopened: 6 } as RecordOf<"round">["outcome"];
  expect(toldVoters({ ballotKind: "sealed" }, 0)).toBeNull();
  expect(toldVoters({ ballotKind: "sealed", outcome }, 0)).toBe(44);
  expect(toldVoters({ ballotKind: "open" }, 37)).toBe(37);
});
