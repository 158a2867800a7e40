import { expect, it } from "vitest";
import { isBounded } from "./form-bounds";

const form = (names: string[]) => {
  const made = new FormData();
  for (const name of names) made.append(name, "x");
  return made;
};

it.each([
  ["title"],
  ["amount[0]", "amount[11]"],
  ["criteria[3].weight", "$ACTION_REF_1", "$ACTION_1:0"],
  Array.from({ length: 1500 }, (_, index) => `choices[${index % 900}]`),
])("takes names as forms have them: %s", (...names) => {
  expect(isBounded(form(names))).toBe(true);
});

it.each([
  "_1_x[4294967294]",
  "a[10000000]",
  "a[1000].b",
  "__proto__",
  "a.__proto__.b",
  "a[constructor][prototype]",
  "a.b.c.d.e.f.g.h.i",
  "a[0][0][0][0][0][0][0][0]",
  "n".repeat(201),
])("does not take %s", (name) => {
  expect(isBounded(form(["title", name]))).toBe(false);
});

it("does not take tens of thousands of fields", () => {
  expect(isBounded(form(Array.from({ length: 60_000 }, (_, index) => `field${index}`)))).toBe(false);
});
