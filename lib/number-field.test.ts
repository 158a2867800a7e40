import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholeNumber } from "./number-field";

const field = wholeNumber(1, 100);

describe("a whole number", () => {
  it("is what its digits say", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (value) => {
        expect(field.parse(` ${value} `)).toBe(value);
      }),
    );
  });

  it.each(["1e1", "0x10", "10.0", "10,0", "-1", "+1", "0", "101", "1 0", "٣", "Infinity", "", "9999999999"])(
    "is not «%s»",
    (typed) => {
      expect(field.safeParse(typed)).toMatchObject({ error: { issues: [{ message: "number_invalid" }] } });
    },
  );
});
