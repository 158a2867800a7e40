import fc from "fast-check";
import { expect, it } from "vitest";
import { Variation } from "./variation";

it("chooses the same from the same id, each time", () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const take = () => {
        const vary = new Variation(seed);
        return Array.from({ length: 8 }, () => vary.number(0, 1_000));
      };
      expect(take()).toEqual(take());
    }),
  );
});

it("stays between the least and the most, and reaches both", () => {
  const seen = new Set(Array.from({ length: 400 }, (_, index) => new Variation(String(index)).number(3, 6)));
  expect([...seen].sort()).toEqual([3, 4, 5, 6]);
});

it("gives neighbours different choices", () => {
  const first = Array.from({ length: 50 }, (_, index) => new Variation(`commons-${index}`).number(0, 999));
  expect(new Set(first).size).toBeGreaterThan(45);
});
