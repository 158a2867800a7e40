import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json";

test("one text for one value: members in order of UTF-16 code units, no spaces, nothing undefined", () => {
  expect(
    canonicalJson({ b: [1, { d: null, c: true }], a: "è\n", "\u{1f600}": 1, "\uff00": -0, u: undefined }),
  ).toBe('{"a":"è\\n","b":[1,{"c":true,"d":null}],"\u{1f600}":1,"\uff00":0}');
});

test.each([[1.5], [2 ** 53], [Number.NaN], [10n], [undefined], [() => 1], [Symbol("a")]])(
  "%s has no canonical form",
  (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson([value])).toThrow(TypeError);
  },
);
