import { describe, expect, it } from "vitest";
import { afterConflict, pauseMs } from "./sender";
import type { Item } from "./store";

const item = (changes: Partial<Item>): Item => ({
  ...({ id: "item", attempts: 1, by: "act", act: "{}" } as Item),
  ...changes,
});

describe("an item that met a change of somebody else's", () => {
  it.each([
    ["a signed act", item({})],
    ["a resident's", item({ by: "resident", act: null })],
    ["a program's", item({ by: "service", act: null })],
  ])("is sent anew: %s", (_, conflicted) => {
    expect(afterConflict(conflicted)).toMatchObject({ status: "queued", submissionId: null, attempts: 1 });
  });

  it("waits for its person's signature where it was sent before acts were signed", () => {
    expect(afterConflict(item({ act: null })).status).toBe("to_sign");
  });

  it("fails in the end, and says why", () => {
    expect(afterConflict(item({ attempts: 50 }))).toMatchObject({ status: "failed", errorCode: "conflict" });
  });
});

it("waits longer after each failure, and never much longer than two seconds", () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 20].map((failures) => Math.min(2_000, 50 * 2 ** failures));
  longest.forEach((most, index) => {
    const failures = [0, 1, 2, 3, 4, 5, 6, 20][index] ?? 0;
    for (let time = 0; time < 20; time += 1) {
      expect(pauseMs(failures)).toBeLessThanOrEqual(most);
      expect(pauseMs(failures)).toBeGreaterThanOrEqual(most / 2);
    }
  });
});
