import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { writeCsv } from "./csv";
import { writeJson } from "./json";
import { writeOds } from "./ods";
import type { Column, ColumnKind, Table, Value } from "./table";

const kinds: readonly ColumnKind[] = ["text", "identifier", "day", "cents", "count"];
const columns: Column[] = kinds.map((kind) => ({ key: kind, heading: `Una ${kind}`, kind }));
const table = (...rows: Value[][]): Table => ({ name: "Prova", columns, rows });
const payment: Value[] = ["Città «verde»", "007/2026", "2026-10-10", 320_000n, 3];

/** What a program that separates by `delimiter` finds. */
function read(csv: string, delimiter: string): string[][] {
  return parse(csv, { bom: true, delimiter, relax_quotes: true, relax_column_count: true });
}

function cellOf(kind: ColumnKind, value: Value): string | undefined {
  const csv = writeCsv({ name: "x", columns: [{ key: "x", heading: "x", kind }], rows: [[value]] });
  return read(csv, ";")[1]?.[0];
}

describe("writeCsv", () => {
  it("opens in a spreadsheet with Italian settings: a mark of UTF-8, semicolons, decimal commas, ends of line", () => {
    const csv = writeCsv(table(payment));
    expect(csv.startsWith("\ufeff")).toBe(true);
    expect(csv).toBe(
      "\ufeffUna text;Una identifier;Una day;Una cents;Una count\r\n" +
        "Città «verde»;'007/2026;2026-10-10;3200,00;3\r\n",
    );
  });

  it.each([
    ["007/2026", "'007/2026"],
    ["3/2026", "'3/2026"],
    ["3-2026", "'3-2026"],
    ["0012", "'0012"],
    ["12e4", "'12e4"],
    ["12:30", "'12:30"],
    ["1 gen", "'1 gen"],
    ["3-mar-26", "'3-mar-26"],
    ["mag 26", "'mag 26"],
    ["VERO", "'VERO"],
    ["false", "'false"],
    ["€ 5", "'€ 5"],
    ["1.200,50 €", "'1.200,50 €"],
    ["5 %", "'5 %"],
    ["Vero amore", "Vero amore"],
    ["DD 123/2026", "DD 123/2026"],
    ["3f9a7c1e-0b2d", "3f9a7c1e-0b2d"],
    ["RSSMRA85T10A562S", "RSSMRA85T10A562S"],
    ["=1+1", "'=1+1"],
  ])("keeps an identifier as text: %s", (value, cell) => {
    expect(cellOf("identifier", value)).toBe(cell);
  });

  it.each([
    "=1+1",
    "+39 011",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\tx",
    "\rx",
    "＝1+1",
    '=HYPERLINK("x";"y")',
  ])("disarms a cell that a spreadsheet would run: %j", (value) => {
    expect(cellOf("text", value)?.startsWith("'")).toBe(true);
  });

  it.each([
    "Alfa;=1+1",
    "Alfa,=1+1",
    "Alfa\t=1+1",
    "Alfa\r=1+1",
    "Alfa\n@SUM(A1)",
    'Alfa";=1+1',
    'Alfa,"=1+1',
  ])("disarms what stands after a separator: %j", (value) => {
    expect(cellOf("text", value)).toBe(value.replace(/(?=[=@])/, "'"));
  });

  it("leaves no formula to any program, whichever separator it takes, and loses no word", () => {
    const part = fc.constantFrom(
      "=",
      "+",
      "-",
      "@",
      ";",
      ",",
      "\t",
      "\r",
      "\n",
      '"',
      "'",
      " ",
      "a",
      "1",
      "è",
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const headed = texts.map((_, index) => ({ key: `${index}`, heading: "x", kind: "text" as const }));
        const csv = writeCsv({ name: "x", columns: headed, rows: [texts] });
        const cells = csv.split(/[;,\t\r\n]/).map((cell) => cell.replace(/^[\ufeff"]*/, ""));
        expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
        const back = read(csv, ";")[1];
        const bare = (word: string | undefined) => word?.replaceAll("'", "");
        expect(back?.map(bare)).toEqual(texts.map(bare));
      }),
    );
  });

  it("leaves an empty cell where there is nothing", () => {
    expect(read(writeCsv(table([null, null, null, null, null])), ";")[1]).toEqual(["", "", "", "", ""]);
  });
});

it("writes nothing, debts and single cents with two decimals", () => {
  for (const [cents, written] of [
    [0n, "0,00"],
    [5n, "0,05"],
    [-1n, "-0,01"],
    [-123_456n, "-1234,56"],
    [100n, "1,00"],
  ] as const)
    expect(cellOf("cents", cents)).toBe(written);
});

describe("writeOds", () => {
  const parts = (of: Table) => {
    const found = unzipSync(writeOds(of));
    return Object.fromEntries(Object.entries(found).map(([name, bytes]) => [name, strFromU8(bytes)]));
  };

  it("is an OpenDocument spreadsheet by its first bytes, and the same for the same rows", () => {
    const bytes = writeOds(table(payment));
    expect(strFromU8(bytes.subarray(30, 84))).toBe("mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    expect(writeOds(table(payment))).toEqual(bytes);
    expect(parts(table(payment))["META-INF/manifest.xml"]).toContain('manifest:full-path="content.xml"');
  });

  it("types its cells: amounts and days as such, identifiers and formulas as text", () => {
    const content = parts(table(payment, ["=1+1", "3/2026", null, null, null]))["content.xml"] ?? "";
    expect(content).toContain('office:value-type="float" office:value="3200.00"');
    expect(content).toContain('office:value-type="date" office:date-value="2026-10-10"');
    for (const text of ["007/2026", "3/2026", "=1+1", "Città «verde»"])
      expect(content).toContain(`office:value-type="string"><text:p>${text}</text:p>`);
    expect(content).not.toContain("table:formula");
  });

  it("declares its version and each of its names as OpenDocument 1.3 has them", () => {
    const { "content.xml": content = "", "META-INF/manifest.xml": manifest = "" } = parts(table(payment));
    const urn = "urn:oasis:names:tc:opendocument:xmlns";
    const declared = [...content.matchAll(/xmlns:(\w+)="([^"]+)"/g)].map(([, prefix, name]) => [
      prefix,
      name,
    ]);
    expect(Object.fromEntries(declared)).toEqual({
      office: `${urn}:office:1.0`,
      style: `${urn}:style:1.0`,
      text: `${urn}:text:1.0`,
      table: `${urn}:table:1.0`,
      number: `${urn}:datastyle:1.0`,
      fo: `${urn}:xsl-fo-compatible:1.0`,
    });
    const used = new Set([...content.matchAll(/[<\s/](\w+):[\w-]+/g)].map(([, prefix]) => prefix));
    expect([...used].filter((prefix) => prefix !== "xmlns").sort()).toEqual(
      declared.map(([prefix]) => prefix).sort(),
    );
    for (const part of [content, manifest])
      expect(part.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')).toBe(true);
    expect(content).toContain('office:version="1.3"');
    expect(manifest).toContain(`xmlns:manifest="${urn}:manifest:1.0" manifest:version="1.3"`);
    expect(content).toContain(
      'number:decimal-places="2" number:min-decimal-places="2" number:grouping="true"',
    );
  });

  it("keeps spaces, lines and signs of XML, and leaves out what XML cannot hold", () => {
    const content = parts(table([' a  b\n<c> & "d"\u0007\ud800', null, null, null, null]))["content.xml"];
    expect(content).toContain(
      '<text:p><text:s text:c="1"/>a<text:s text:c="2"/>b</text:p><text:p>&lt;c&gt; &amp; "d"\ufffd</text:p>',
    );
  });
});

describe("writeJson", () => {
  it("gives programs keys, decimal points and null", () => {
    expect(JSON.parse(writeJson(table(payment, ["=1+1", "3/2026", null, 5n, null])))).toEqual([
      { text: "Città «verde»", identifier: "007/2026", day: "2026-10-10", cents: 3200, count: 3 },
      { text: "=1+1", identifier: "3/2026", day: null, cents: 0.05, count: null },
    ]);
  });
});
