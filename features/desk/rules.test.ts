import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "@/protocol/canonical-json";
import { type Sheet, Sheet as SheetSchema } from "@/protocol/records/desk";
import { readSheets, sheetText } from "./rules";

const number = fc.integer({ min: 1, max: 500 });
const sheet: fc.Arbitrary<Sheet> = fc.oneof(
  fc.constantFrom<Sheet>({ fault: "unreadable" }, { fault: "recognisable" }, { choices: [] }),
  fc.array(number, { minLength: 1, maxLength: 8 }).map((choices) => ({ choices })),
  fc
    .array(fc.tuple(number, fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 8 })
    .map((pairs) => ({ choices: pairs.map(([one]) => one), points: pairs.map(([, one]) => one) })),
);

test("what is typed of sheets is what is read, in an order that tells nothing", () => {
  fc.assert(
    fc.property(fc.array(sheet, { minLength: 10, maxLength: 100 }), (sheets) => {
      const read = readSheets(sheets.map(sheetText).join("\n")) ?? [];
      const texts = read.map((one) => canonicalJson(one));
      expect(texts).toEqual(sheets.map((one) => canonicalJson(one)).sort());
      for (const one of read) expect(SheetSchema.safeParse(one).success).toBe(true);
    }),
  );
});

const nine = Array.from({ length: 9 }, () => "1");

test.each([
  ["too few", nine],
  ["too many", Array.from({ length: 101 }, () => "1")],
  ["a word", [...nine, "garden"]],
  ["points without a choice", [...nine, ": 3"]],
  ["a choice with points that are none", [...nine, "1 : many"]],
  ["a number of a thousand", [...nine, "1000"]],
])("%s is not read", (_, lines) => {
  expect(readSheets(lines.join("\n"))).toBeUndefined();
});

test("empty lines and capitals do not matter", () => {
  expect(readSheets([...nine, "", " X "].join("\n"))).toContainEqual({ fault: "unreadable" });
});
