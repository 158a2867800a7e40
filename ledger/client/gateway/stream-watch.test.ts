import type { Client } from "@grpc/grpc-js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PeerHeight } from "./peers";
import { StreamWatch } from "./stream-watch";

// Only told apart, never called.
const followed = { name: "followed" } as unknown as Client;
const other = { name: "other" } as unknown as Client;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** @param looks heights of the followed peer and of another, look by look; the last ones stay */
async function watch(looks: readonly (readonly [number | null, number | null])[]) {
  let look = 0;
  const leave = vi.fn();
  const heights = async (): Promise<PeerHeight[]> => {
    const [own, others] = looks[Math.min(look++, looks.length - 1)] ?? [null, null];
    return [
      { peer: "followed", mspId: "A", client: followed, height: own },
      { peer: "other", mspId: "B", client: other, height: others },
    ];
  };
  const watching = new StreamWatch(followed, heights, leave);
  await vi.advanceTimersByTimeAsync(60_000);
  watching.end();
  return { fault: watching.fault, left: leave.mock.calls.length };
}

describe("the watch over a stream of blocks", () => {
  it("stays with a peer that has what others have, and with one that catches up", async () => {
    expect(await watch([[5, 5]])).toEqual({ fault: undefined, left: 0 });
    const catchingUp = Array.from({ length: 30 }, (_, index) => [index, 40] as const);
    expect(await watch(catchingUp)).toEqual({ fault: undefined, left: 0 });
  });

  it("forgives a peer that was silent once", async () => {
    expect(
      await watch([
        [5, 5],
        [null, 6],
        [6, 6],
      ]),
    ).toEqual({ fault: undefined, left: 0 });
  });

  it("leaves once a peer that is silent or stays behind", async () => {
    expect(await watch([[null, 6]])).toEqual({ fault: "the followed peer does not answer", left: 1 });
    expect(await watch([[5, 6]])).toEqual({ fault: "the followed peer stays at 5 of 6 blocks", left: 1 });
  });

  it("has nowhere to go when nobody answers", async () => {
    expect(await watch([[null, null]])).toEqual({ fault: undefined, left: 0 });
  });
});
