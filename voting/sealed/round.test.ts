import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { MOST_AREAS, MOST_CASTS, placeBytes } from "./round";

const digest = new Uint8Array(32).fill(7);
const spki = generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" });
const voter = new Uint8Array(spki.subarray(-32));

test("a place has the first and the last area and number, and none beyond them", () => {
  const placed = (area: number, seq: number) => placeBytes({ digest }, { area, voter, seq });
  for (const [area, seq] of [
    [1, 1],
    [MOST_AREAS, MOST_CASTS],
  ] as const) {
    const bytes = placed(area, seq);
    expect([bytes[32], bytes[33], bytes[66]]).toEqual([area >> 8, area & 255, seq]);
    expect(bytes.slice(34, 66)).toEqual(voter);
  }
  for (const [area, seq] of [
    [0, 1],
    [MOST_AREAS + 1, 1],
    [1.5, 1],
    [1, 0],
    [1, MOST_CASTS + 1],
    [1, 1.5],
  ] as const)
    expect(() => placed(area, seq)).toThrow(expect.objectContaining({ code: "malformed" }));
});
