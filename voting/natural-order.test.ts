import * as fc from "fast-check";
import { expect, test } from "vitest";
import { comparePoints, naturalCompare } from "./natural-order";

test("numbers numerically, others naturally, capitals and long numbers included", () => {
  const sorted = ["2", "0010", "10", "99999999999999999999", "B1", "a", "c2", "c10", "c10b", "è1"];
  expect([...sorted].reverse().sort(naturalCompare)).toEqual(sorted);
});

test("it is a total order: different ids are never equal", { timeout: 60_000 }, () => {
  const ids = fc.oneof(fc.string(), fc.stringMatching(/^[a-c]?[0-9]{1,4}[a-c]?$/));
  fc.assert(
    fc.property(ids, ids, ids, (a, b, c) => {
      expect(naturalCompare(a, b) === 0).toBe(a === b);
      expect(Math.sign(naturalCompare(a, b)) + Math.sign(naturalCompare(b, a))).toBe(0);
      if (naturalCompare(a, b) <= 0 && naturalCompare(b, c) <= 0)
        expect(naturalCompare(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});

test("code points are compared as UTF-8 bytes are, not as UTF-16 units", () => {
  expect(comparePoints("\u{1F600}", "\uFF00")).toBeGreaterThan(0);
  const texts = fc
    .array(fc.constantFrom("a", "z", "é", "\uD7FF", "\uE000", "\uFF00", "\u{10000}", "\u{1F600}"), {
      maxLength: 4,
    })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(comparePoints(a, b)) - Math.sign(bytes)).toBe(0);
    }),
    { numRuns: 1000 },
  );
});
