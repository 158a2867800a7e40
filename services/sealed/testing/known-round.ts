/** A frozen round as a ledger could tell of it, for tests of what parts do with several. */
import { ballotLayout } from "@/voting/sealed/ballot-layout";
import type { FrozenRound, FrozenView, RoundView } from "../round-view";

export function knownRound(
  id: string,
  phase: FrozenView["phase"],
  more: Partial<RoundView> = {},
): FrozenRound {
  const key = () => new Uint8Array(32).fill(7);
  return {
    ...{ municipality: "001272", id, areas: [], groupSize: 3, graceMinutes: 60, noticeHours: 0 },
    ...{ issuerKeys: [], ties: [], keys: {}, receptionEnded: false, listed: false, openedAreas: null },
    ...{ superseded: 0, published: false, ...more },
    frozen: {
      digest: key(),
      layout: ballotLayout({ type: "approval", maxChoices: 4 }, 12),
      trustees: [key(), key(), key()],
      closesAt: new Date("2026-07-01T10:00:00Z"),
      phase,
    },
  };
}
