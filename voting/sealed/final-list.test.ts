import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { areasToOpen, finalList, finalProof, finalRoot, type RecordedBallot, stands } from "./final-list";
import { nodePrimitives } from "./node";
import { bytes } from "./testing/trial-round";

const round = { digest: bytes("freeze") };
let voters: Uint8Array[];
beforeAll(async () => {
  voters = await Promise.all(["a", "b", "c"].map((name) => nodePrimitives.ed25519PublicKey(bytes(name))));
});

const drawn = fc.array(
  fc.record({
    area: fc.integer({ min: 1, max: 2 }),
    who: fc.integer({ min: 0, max: 2 }),
    seq: fc.integer({ min: 1, max: 4 }),
    text: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 30 },
);

const recordedOf = (list: { area: number; who: number; seq: number; text: number }[]) =>
  list.map(
    ({ area, who, seq, text }): RecordedBallot => ({
      ...{ area, seq, voter: voters[who] as Uint8Array },
      digest: bytes(`envelope ${text}`),
    }),
  );

test("the last of an unbroken count stands, and of one seq the first recorded", () => {
  const ballot = (seq: number, text: number) => ({ area: 1, who: 0, seq, text });
  const last = (...list: ReturnType<typeof ballot>[]) => finalList(recordedOf(list))[0];
  expect(last(ballot(1, 0), ballot(2, 1))).toMatchObject({ seq: 2, digest: bytes("envelope 1") });
  expect(last(ballot(1, 0), ballot(1, 1))).toMatchObject({ seq: 1, digest: bytes("envelope 0") });
  expect(last(ballot(1, 0), ballot(3, 1))).toMatchObject({ seq: 1 });
  expect(last(ballot(2, 0))).toBeUndefined();
});

test("one ballot stands for each key in each area, whatever else was sent", () => {
  fc.assert(
    fc.property(drawn, (list) => {
      const final = finalList(recordedOf(list));
      const names = final.map(({ area, voter }) => `${area} ${Buffer.from(voter).toString("hex")}`);
      expect(new Set(names).size).toBe(final.length);
      expect(names).toEqual([...names].sort());
      const cast = new Set(list.filter(({ seq }) => seq === 1).map(({ area, who }) => `${area} ${who}`));
      expect(final.length).toBe(cast.size);
    }),
  );
});

test("each final ballot is shown to stand, and no other", () => {
  fc.assert(
    fc.property(drawn, (list) => {
      const final = finalList(recordedOf(list));
      const closed = { size: final.length, root: finalRoot(round, final) };
      for (const ballot of final) {
        const proof = finalProof(round, final, ballot);
        expect(stands(round, ballot, proof, closed)).toBe(true);
        expect(stands(round, { ...ballot, seq: ballot.seq + 1 }, proof, closed)).toBe(false);
        expect(stands(round, { ...ballot, digest: bytes("another") }, proof, closed)).toBe(false);
        expect(stands({ digest: bytes("another freeze") }, ballot, proof, closed)).toBe(false);
      }
    }),
    { numRuns: 40 },
  );
});

test("a ballot that does not stand has no proof", () => {
  const final = finalList(recordedOf([{ area: 1, who: 0, seq: 1, text: 0 }]));
  const [other] = recordedOf([{ area: 1, who: 1, seq: 1, text: 0 }]);
  expect(() => finalProof(round, final, other as RecordedBallot)).toThrow(RangeError);
});

test("an area with fewer than ten final ballots is not opened", () => {
  const ballots = (area: number, count: number): RecordedBallot[] =>
    Array.from({ length: count }, (_, i) => ({
      area,
      voter: bytes(`voter ${i}`),
      seq: 1,
      digest: bytes("digest"),
    }));
  expect(areasToOpen([...ballots(7, 10), ...ballots(2, 9), ...ballots(1, 30)])).toEqual([1, 7]);
  expect(areasToOpen([])).toEqual([]);
});
