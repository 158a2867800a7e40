import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "@/protocol/canonical-json";
import { type Sheet, Sheet as SheetSchema } from "@/protocol/records/desk";
import { piles, readSheets, sheetText } from "./rules";

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
      const read = sheetsOf(sheets.map(sheetText));
      const texts = read.map((one) => canonicalJson(one));
      expect(texts).toEqual(sheets.map((one) => canonicalJson(one)).sort());
      for (const one of read) expect(SheetSchema.safeParse(one).success).toBe(true);
    }),
  );
});

const nine = Array.from({ length: 9 }, () => "1");

function sheetsOf(lines: readonly string[]): Sheet[] {
  const read = readSheets(lines.join("\n"));
  if (!("sheets" in read)) throw new Error(JSON.stringify(read));
  return read.sheets;
}

test.each([
  ["too few", nine, { count: 9 }],
  ["too many", Array.from({ length: 101 }, () => "1"), { count: 101 }],
  ["a word", [...nine, "Garden"], { line: 10, typed: "garden" }],
  ["points without a choice", [...nine, "", ": 3"], { line: 11, typed: ": 3" }],
  ["a choice with points that are none", ["1 : many", ...nine], { line: 1, typed: "1 : many" }],
  ["a number of a thousand", [...nine, "1000"], { line: 10, typed: "1000" }],
])("%s is not read, and it is said where", (_, lines, expected) => {
  expect(readSheets(lines.join("\n"))).toEqual(expected);
});

test("empty lines and capitals do not matter", () => {
  expect(sheetsOf([...nine, "", " X "])).toContainEqual({ fault: "unreadable" });
});

test("sheets that say the same lie in one pile, the highest first", () => {
  const lines = ["2 1", "x", "10", "2", "2 1", "0", "2 1", "x", "9", "s"];
  expect(piles(sheetsOf(lines)).map(({ text, count }) => `${count} × ${text}`)).toEqual([
    ...["3 × 2 1", "2 × x", "1 × 0", "1 × 2", "1 × 9", "1 × 10", "1 × s"],
  ]);
});
