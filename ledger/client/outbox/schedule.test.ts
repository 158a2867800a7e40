import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextGroups, pathsOf, type Schedulable } from "./schedule";

const limits = { groups: 8, batch: 3, batchesOfOneKey: 2 };
const item = (
  sequence: number,
  orderKey: string | null = null,
  batchKey: string | null = null,
  person = "somebody",
) => ({ sequence, orderKey, batchKey, person });

describe("nextGroups", () => {
  it("sends what has no order at once, up to the limit", () => {
    const waiting = Array.from({ length: 20 }, (_, index) => item(index));
    expect(nextGroups(waiting, [], limits)).toHaveLength(8);
    expect(nextGroups(waiting, [[item(100)], [item(101)]], limits)).toHaveLength(6);
  });

  it("keeps a path in order, waiting for what is under way on it", () => {
    const waiting = [item(1, "proposal/a"), item(2, "proposal/a"), item(3, "proposal/b")];
    expect(nextGroups(waiting, [], limits)).toEqual([[waiting[0]], [waiting[2]]]);
    expect(nextGroups(waiting, [[item(0, "proposal/b")]], limits)).toEqual([[waiting[0]]]);
  });

  it("lets a path wait for all that was before it below it, and the other way round", () => {
    const waiting = [
      item(1, "round/r/key/a"),
      item(2, "round/r/key/b"),
      item(3, "round/r"),
      item(4, "round/r/key/c"),
      item(5, "round/rr"),
    ];
    expect(nextGroups(waiting, [], limits).flat()).toEqual([waiting[0], waiting[1], waiting[4]]);
  });

  it("holds a path up for an item that is not ready, and nothing else", () => {
    const waiting = [item(1, "a"), item(2, "a"), item(3, "b")];
    expect(nextGroups(waiting, [], limits, ({ sequence }) => sequence !== 1)).toEqual([[waiting[2]]]);
  });

  it("puts items of one batch key together, no more than fit and no more batches than may run", () => {
    const ballots = Array.from({ length: 10 }, (_, index) => item(index, `round/r/key/${index}`, "cast r"));
    const groups = nextGroups(ballots, [], limits);
    expect(groups.map((group) => group.map(({ sequence }) => sequence))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(nextGroups(ballots, groups.slice(0, 1), limits)).toHaveLength(1);
  });

  it("sends in turns, however much one person has queued before the others", () => {
    const many = Array.from({ length: 50 }, (_, index) => item(index, null, null, "busy"));
    const others = ["a", "b", "c"].map((person, index) => item(50 + index, null, null, person));
    const waiting = [...many, ...others];
    expect(nextGroups(waiting, [], limits).flat().slice(0, 4)).toEqual([many[0], ...others]);
    const underWay = many.slice(0, 6).map((one) => [one]);
    expect(nextGroups(waiting.slice(6), underWay, limits).flat()).toEqual(others.slice(0, 2));
  });

  it("never sends an item past another of its path, and never two of one path at once", () => {
    const path = fc.constantFrom(null, "a", "a/b", "a/b/c", "a/d", "e", "e/f");
    const batchKey = fc.constantFrom(null, "x", "y");
    const person = fc.constantFrom("p", "q", "r");
    const items = fc
      .array(fc.record({ orderKey: path, batchKey, person, ready: fc.boolean(), underWay: fc.boolean() }), {
        maxLength: 40,
      })
      .map((list) => list.map((one, sequence) => ({ ...one, sequence })));
    fc.assert(
      fc.property(items, (list) => {
        const underWay = nextGroups(list, [], limits, (one) => one.underWay);
        const sent = new Set(underWay.flat());
        const waiting = list.filter((one) => !sent.has(one));
        const groups = nextGroups(waiting, underWay, limits, ({ ready }) => ready);
        for (const one of groups.flat())
          for (const earlier of list)
            if (earlier.sequence < one.sequence) expect(related(earlier, one)).toBe(false);
        expect(groups.length + underWay.length).toBeLessThanOrEqual(limits.groups);
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(limits.batch);
          expect(new Set(group.map((one) => one.batchKey)).size).toBe(1);
        }
      }),
    );
  });
});

function related(left: Schedulable, right: Schedulable): boolean {
  const [a, b] = [left.orderKey, right.orderKey];
  if (a === null || b === null) return false;
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

describe("pathsOf", () => {
  it("holds up what is on, above or below a path that is taken, and nothing else", () => {
    const paths = pathsOf(["proposal/a", "round/r/key/k", null]);
    const held = ["proposal/a", "proposal/a/step", "proposal/b", "round/r", "round/r/key/j", null];
    expect(held.filter((path) => paths.holdsUp(path))).toEqual(["proposal/a", "proposal/a/step", "round/r"]);
  });
});
