import fc from "fast-check";
import { expect, it } from "vitest";
import { tableIn } from "./test/read-table";
import { PdfWriter } from "./writer";

const columns = [
  { heading: "Bene comune", align: "left" },
  { heading: "Importo in euro", align: "right" },
  { heading: "Transazione", align: "left" },
] as const;

async function written(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const writer = await PdfWriter.open({ title: "Prova", language: "it", wide: true });
  await writer.table(columns, rows);
  return writer.finish("Prova");
}

it("a table is read back cell by cell from its structure, over as many pages as it takes", async () => {
  const word = fc.constantFrom("giardino", "perché", "→", "ﬁ", "Łódź", "ab12".repeat(16), "1.234,56", "€");
  const text = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(" "));
  const rows = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      const expected = [columns.map(({ heading }) => heading), ...given];
      expect(await tableIn(await written(given))).toEqual(
        expected.map((row) => row.map((cell) => cell.replace(/\s/g, ""))),
      );
    }),
    { numRuns: 12 },
  );
});

it("a cell that is longer than a page loses no word", async () => {
  const words = Array.from({ length: 3000 }, (_, index) => `p${index}`);
  const read = await tableIn(await written([[words.join(" "), "1,00", "x"]]));
  const [, ...parts] = read;
  expect(parts.map(([first]) => first).join("")).toBe(words.join(""));
  expect(parts.length).toBeGreaterThan(1);
});

it("what no font has is written as its number", async () => {
  expect(await tableIn(await written([["漢 🌳", "0,10", "\u0007"]]))).toContainEqual([
    "[U+6F22][U+1F333]",
    "0,10",
    "[U+0007]",
  ]);
});
