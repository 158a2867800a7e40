import { expect, test } from "vitest";
import type { SealedLedger } from "./ledger";
import type { RoundView } from "./round-view";
import { Rounds } from "./rounds";

/** A ledger whose one round has the phase that stands here, and a clock that stands still. */
function ledgerWith(phase: string) {
  const state = { phase, looks: 0, now: 1_000_000 };
  const rounds = async () => {
    state.looks += 1;
    return [{ id: "round-1", frozen: { phase: state.phase } } as unknown as RoundView];
  };
  return { state, rounds: new Rounds({ rounds } as unknown as SealedLedger, () => state.now) };
}

const isOpen = (round: RoundView) => (round.frozen?.phase as string) === "open";

test("a round that was opened a moment ago is not refused for what was known before", async () => {
  const { state, rounds } = ledgerWith("frozen");
  expect(isOpen((await rounds.find("round-1", isOpen)) as RoundView)).toBe(false);
  state.phase = "open";
  state.now += 600;
  expect(isOpen((await rounds.find("round-1", isOpen)) as RoundView)).toBe(true);
});

test("what is known well enough is asked for once in five seconds, what is not twice in one", async () => {
  const { state, rounds } = ledgerWith("open");
  for (let tenth = 0; tenth < 49; tenth += 1) {
    await rounds.find("round-1", isOpen);
    state.now += 100;
  }
  expect(state.looks).toBe(1);
  for (let hundredth = 0; hundredth < 100; hundredth += 1) {
    await rounds.find("no such round", isOpen);
    state.now += 10;
  }
  expect(state.looks).toBeLessThanOrEqual(3);
});
