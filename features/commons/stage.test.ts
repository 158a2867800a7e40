import { expect, it } from "vitest";
import { inMovement } from "./stage";

const commons = (...stages: string[]) => stages.map((stage, index) => ({ id: index, stage }));

it("shows one commons of each lively stage before a second of any", () => {
  const shown = inMovement(commons("known", "funded", "on_ballot", "on_ballot", "pact_active"));
  expect(shown.map(({ stage }) => stage)).toEqual([
    ...["on_ballot", "pact_active", "funded", "on_ballot", "known"],
  ]);
});

it("leaves none out", () => {
  const all = commons("abandoned", "known", "reserve", "admitted", "published", "merged");
  expect(
    inMovement(all)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([0, 1, 2, 3, 4, 5]);
});
