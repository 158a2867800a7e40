import { describe, expect, test } from "vitest";
import { Silence, waitedForProcessor } from "./silence";

/** Asks every two seconds; the share of each in which the process, or the machine, had no processor for somebody. */
function asksUntilOver(silence: Silence, starvedShare: number, pressedShare = 0, most = 1000): number {
  const waited = { process: 7, machine: 900 };
  for (let asks = 1; asks <= most; asks += 1) {
    waited.process += 2 * starvedShare;
    waited.machine += 2 * pressedShare;
    if (silence.lasts(2, { ...waited })) return asks;
  }
  return Number.POSITIVE_INFINITY;
}

describe("silence", () => {
  test("of a process that has a processor is over after its limit", () => {
    expect(asksUntilOver(new Silence(10), 0)).toBe(5);
  });

  test("of a process that the machine does not let run does not end, and of one that runs a little ends later", () => {
    // What it waited before it was first asked says nothing of this silence.
    expect(asksUntilOver(new Silence(10), 1)).toBe(Number.POSITIVE_INFINITY);
    expect(asksUntilOver(new Silence(10), 0.8)).toBe(22);
  });

  test("on a machine that is busy all the time ends after four times its limit", () => {
    expect(asksUntilOver(new Silence(10), 0, 0.5)).toBe(9);
    expect(asksUntilOver(new Silence(10), 0, 1)).toBe(17);
  });

  test("is broken by an answer", () => {
    const silence = new Silence(10);
    for (let asks = 0; asks < 4; asks += 1) expect(silence.lasts(2, { process: 0, machine: 0 })).toBe(false);
    silence.broken();
    expect(asksUntilOver(silence, 0)).toBeGreaterThanOrEqual(5);
  });
});

test("what a process has waited for a processor is told by the system, and is nothing for one that is not there", () => {
  const { process: own, machine } = waitedForProcessor(process.pid);
  expect(own).toBeGreaterThanOrEqual(0);
  expect(machine).toBeGreaterThanOrEqual(0);
  for (const pid of [undefined, 2 ** 30]) expect(waitedForProcessor(pid).process).toBe(0);
});
