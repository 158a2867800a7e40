import fc from "fast-check";
import { expect, it } from "vitest";
import { LEAST, withheld } from "./suppression";

const cells = fc.array(fc.nat(40), { maxLength: 12 });

it("tells no number of fewer people than may be told, and every other number as it is", () => {
  fc.assert(
    fc.property(cells, (counts) => {
      for (const [index, shown] of withheld(counts).entries())
        if (shown !== null) {
          expect(shown).toBe(counts[index]);
          expect(shown === 0 || shown >= LEAST).toBe(true);
        }
    }),
  );
});

it("lets nobody find a withheld number by subtraction, unless all that there is would have to be withheld", () => {
  fc.assert(
    fc.property(cells, (counts) => {
      const hidden = counts.filter((_, index) => withheld(counts)[index] === null);
      if (hidden.length === 0) return;
      const sum = hidden.reduce((all, count) => all + count, 0);
      const isAll = hidden.length === counts.filter((count) => count > 0).length;
      expect(isAll || (hidden.length > 1 && sum >= LEAST)).toBe(true);
    }),
  );
});

it.each([
  [
    [3, 50, 12],
    [null, 50, null],
  ],
  [
    [3, 4, 50],
    [null, null, null],
  ],
  [
    [9, 9, 50, 0],
    [null, null, 50, 0],
  ],
  [
    [10, 0, 25],
    [10, 0, 25],
  ],
  [[5], [null]],
  [[], []],
])("of %j it shows %j", (counts, shown) => expect(withheld(counts)).toEqual(shown));
