import { expect, test } from "vitest";
import type { RecordOf } from "@/protocol/records";
import { roundStates } from "@/protocol/records/rounds";
import { viewOf } from "./view-of-records";

const sealing = {
  ...{ municipality: "001272", id: "round", areas: [], ties: [], trustees: [], services: {} },
} as unknown as RecordOf<"sealing">;

test("an annulled round is not taken for one that is closed", () => {
  const phases = roundStates.map((state) => {
    const round = {
      ...{ state, frozenDigest: "00", closesAt: "2026-07-01T10:00:00Z", projects: [{}, {}] },
      ballot: { type: "approval", least: 1, most: 2 },
    } as unknown as RecordOf<"round">;
    return viewOf(sealing, round, []).frozen?.phase;
  });
  expect(phases).toEqual(["frozen", "open", "closed", "closed", "closed", "closed", "annulled"]);
});
