import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchFault, nextBatch, postsToPassOn, shuffled, takesPost } from "./batches";
import { finalList } from "./final-list";

const key = (who: number) => new Uint8Array(32).fill(who + 1);

describe("the relay", () => {
  test("passes posts on once enough different keys wait, and all at the end", () => {
    const waiting = [1, 2, 2, 1, 2].map(key);
    expect(postsToPassOn(waiting, 3, false)).toBe(0);
    expect(postsToPassOn([...waiting, key(3)], 3, false)).toBe(6);
    expect(postsToPassOn(waiting, 3, true)).toBe(5);
    expect(postsToPassOn([], 3, true)).toBe(0);
  });

  test("takes twenty posts of a key", () => {
    expect([0, 19, 20, 21].map(takesPost)).toEqual([true, true, false, false]);
  });
});

const sent = fc.array(
  fc.record({
    area: fc.integer({ min: 1, max: 3 }),
    who: fc.integer({ min: 0, max: 9 }),
    seq: fc.integer({ min: 1, max: 3 }),
    text: fc.integer({ min: 0, max: 2 }),
  }),
  { maxLength: 60 },
);

describe("the opener", () => {
  const [least, most] = [3, 5];

  /** Writes batches until none is ready, before the end and then after it. */
  function writeAll(list: { area: number; who: number; seq: number; text: number }[]) {
    const waiting = list.map(({ area, who, seq, text }) => ({ area, voter: key(who), who, seq, text }));
    const last = new Map<string, number>();
    const recorded = ({ area, who }: { area: number; who: number }) => last.get(`${area} ${who}`) ?? 0;
    const written: typeof waiting = [];
    for (const ended of [false, true]) {
      for (;;) {
        const batch = nextBatch(waiting, recorded, least, most, ended);
        if (batch.length === 0) break;
        expect(batchFault(batch, least, most, ended)).toBeNull();
        for (const ballot of batch) last.set(`${ballot.area} ${ballot.who}`, ballot.seq);
        written.push(...batch);
      }
    }
    return { waiting, written };
  }

  test("writes whole groups of one area, one ballot of a key, and in the end every ballot that can stand", () => {
    fc.assert(
      fc.property(sent, (list) => {
        const { waiting, written } = writeAll(list);
        const withDigest = (ballots: typeof waiting) =>
          finalList(ballots.map((ballot) => ({ ...ballot, digest: Uint8Array.of(ballot.text) })));
        // As many as the list in order of seq has, whatever the order in which they came.
        const inOrder = [...waiting].sort((a, b) => a.seq - b.seq);
        expect(withDigest(written)).toEqual(withDigest(inOrder));
      }),
    );
  });

  test("leaves a whole group behind, so that the next one can go before the end", () => {
    const ballots = (count: number) =>
      Array.from({ length: count }, (_, who) => ({ area: 1, voter: key(who), seq: 1 }));
    const size = (count: number, ended = false) =>
      nextBatch(ballots(count), () => 0, least, most, ended).length;
    expect([2, 3, 5, 6, 7, 8, 9].map((count) => size(count))).toEqual([0, 3, 5, 3, 4, 5, 5]);
    expect([2, 6].map((count) => size(count, true))).toEqual([2, 5]);
    // Two groups of four do not fit into six: the two that are too many wait.
    expect(nextBatch(ballots(7), () => 0, 4, 5, false)).toHaveLength(5);
  });
});

test("a batch of two areas, of a key twice, too large or too small is refused", () => {
  const ballot = (who: number, area = 1) => ({ area, voter: key(who), seq: 1 });
  const whole = [ballot(1), ballot(2), ballot(3)];
  expect(batchFault(whole, 3, 5, false)).toBeNull();
  expect(batchFault([], 3, 5, true)).toBe("malformed");
  expect(batchFault([...whole, ballot(4, 2)], 3, 5, false)).toBe("malformed");
  expect(batchFault([...whole, { ...ballot(1), seq: 2 }], 3, 5, false)).toBe("malformed");
  expect(
    batchFault(
      [1, 2, 3, 4, 5, 6].map((who) => ballot(who)),
      3,
      5,
      false,
    ),
  ).toBe("malformed");
  expect(batchFault(whole.slice(1), 3, 5, false)).toBe("too_few_keys");
  expect(batchFault(whole.slice(1), 3, 5, true)).toBeNull();
});

test("shuffling keeps everything, and each order comes equally often", () => {
  const orders = new Map<string, number>();
  // Every series of draws that can be, once: each order has exactly one.
  for (let a = 0; a < 4; a++)
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 2; c++) {
        const draws = [a, b, c];
        const mixed = shuffled(["w", "x", "y", "z"], () => draws.shift() as number);
        expect([...mixed].sort()).toEqual(["w", "x", "y", "z"]);
        orders.set(mixed.join(""), (orders.get(mixed.join("")) ?? 0) + 1);
      }
  expect([...orders.values()]).toEqual(Array(24).fill(1));
});
