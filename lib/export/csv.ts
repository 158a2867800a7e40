import { stringify } from "csv-stringify/sync";
import { type ColumnKind, decimalOf, type Table, type Value } from "./table";

/**
 * A table as CSV that a spreadsheet with Italian settings opens right: UTF-8 with its mark, semicolons, decimal commas.
 * No cell is run as a formula, whichever separator a program takes, and no identifier becomes a number or a day: an
 * apostrophe before a cell or a sign says that it is text.
 */
export function writeCsv({ columns, rows }: Table): string {
  return csvHeading(columns) + csvRows(columns, rows);
}

/** The first line, with the mark of UTF-8: what is too long for memory is written in parts. */
export function csvHeading(columns: Table["columns"]): string {
  return lines([columns.map(({ heading }) => withoutFormula(heading))], true);
}

export function csvRows(columns: Table["columns"], rows: Table["rows"]): string {
  return lines(
    rows.map((row) => columns.map(({ kind }, index) => cellOf(kind, row[index] ?? null))),
    false,
  );
}

function lines(cells: readonly string[][], bom: boolean): string {
  return stringify([...cells], {
    bom,
    delimiter: ";",
    record_delimiter: "windows",
    quoted_match: /[\t\r\n]/,
  });
}

function cellOf(kind: ColumnKind, value: Value): string {
  if (value === null) return "";
  switch (kind) {
    case "cents":
      return decimalOf(BigInt(value), ",");
    case "count":
      return String(BigInt(value));
    case "identifier":
      return converted.test(String(value)) ? `'${value}` : withoutFormula(String(value));
    default:
      return withoutFormula(String(value));
  }
}

/** The signs that begin a formula, also as East Asian keyboards write them. */
const formula = "[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]";
const atStart = new RegExp(`^(?:[\\s"]*${formula}|[\\t\\r])`);
const afterSeparator = new RegExp(`([;,\\t\\r\\n]"*)(?=${formula})`, "g");

function withoutFormula(text: string): string {
  const inside = text.replace(afterSeparator, "$1'");
  return atStart.test(inside) ? `'${inside}` : inside;
}

/** What a spreadsheet takes for a number, an hour or a day: `007/2026`, `3/2026`, `12e4`, `1 gen`, `5 €`; and `VERO`. */
const converted =
  /^\s*(?:vero|falso|true|false)\s*$|^\s*[€$£]?\s*[+-]?\d(?:[\d\s.,:/'-]*(?:e[+-]?\d+)?|[\s./-]*(?:gen|jan|feb|mar|apr|mag|may|giu|jun|lug|jul|ago|aug|set|sep|ott|oct|nov|dic|dec)\p{L}*[\s./-]*\d*)\s*[%€$£]?\s*$|^\s*(?:gen|jan|feb|mar|apr|mag|may|giu|jun|lug|jul|ago|aug|set|sep|ott|oct|nov|dic|dec)\p{L}*[\s./-]*\d+\s*$/iu;
