import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inSteps, joinAreas } from "./areas";

const rolls = fc.uniqueArray(
  fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), size: fc.integer({ min: 1, max: 400 }) }),
  {
    selector: ({ id }) => id,
    minLength: 1,
    maxLength: 12,
  },
);

test("every area is in one joined area, and none is small unless it is the only one", () => {
  fc.assert(
    fc.property(rolls, fc.integer({ min: 1, max: 300 }), (areas, least) => {
      const joined = joinAreas(areas, least);
      expect(joined.flatMap((one) => one.areas).sort()).toEqual(areas.map(({ id }) => id).sort());
      for (const { areas: ids, size } of joined) {
        const sum = areas.filter(({ id }) => ids.includes(id)).reduce((total, one) => total + one.size, 0);
        expect(size).toBe(sum);
        if (joined.length > 1) expect(size).toBeGreaterThanOrEqual(least);
      }
    }),
  );
});

test("the order in which areas are given changes nothing", () => {
  const shuffled = rolls.chain((areas) =>
    fc.tuple(fc.constant(areas), fc.shuffledSubarray(areas, { minLength: areas.length })),
  );
  fc.assert(
    fc.property(shuffled, ([areas, others]) => {
      expect(joinAreas(others, 100)).toEqual(joinAreas(areas, 100));
    }),
  );
});

test("large areas stay as they are, small ones join each other first", () => {
  const areas = [
    { id: "centro", size: 9000 },
    { id: "borgo", size: 40 },
    { id: "alpe", size: 30 },
    { id: "collina", size: 50 },
  ];
  expect(joinAreas(areas, 100)).toEqual([
    { areas: ["alpe", "borgo", "collina"], size: 120 },
    { areas: ["centro"], size: 9000 },
  ]);
  expect(joinAreas(areas, 10)).toHaveLength(4);
});

test("a roll without places, or an area twice, is refused", () => {
  expect(() => joinAreas([], 10)).toThrow(RangeError);
  expect(() => joinAreas([{ id: "a", size: 0 }], 10)).toThrow(RangeError);
  const twice = { id: "a", size: 5 };
  expect(() => joinAreas([twice, twice], 10)).toThrow(RangeError);
});

test("counts are told in steps of twenty", () => {
  expect([0, 19, 20, 39, 40, 1234].map(inSteps)).toEqual([0, 0, 20, 20, 40, 1220]);
});
