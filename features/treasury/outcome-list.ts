/** Outcomes as a list in CSV, for a Comune without OPI files. The columns are those of `docs/treasury.md`. Pure. */
import { parse } from "csv-parse/sync";
import { Day } from "@/protocol/primitives";
import { centsOf } from "./amount";
import { TreasuryFileError } from "./file-problem";
import type { Movement, Operation } from "./movement";
import type { TreasuryFile } from "./treasury-file";
import { MOST_BYTES } from "./xml";

export const listColumns = [
  "esercizio",
  "numero_mandato",
  "progressivo_beneficiario",
  "importo",
  "esito",
  "data",
  "quietanza",
] as const;
type ListColumn = (typeof listColumns)[number];
type Row = Record<ListColumn, string>;

const MOST_ROWS = 50_000;

const operations: Record<string, Operation> = {
  PAGATO: "paid",
  REGOLARIZZATO: "regularised",
  STORNATO: "reversed",
  "NON ESEGUIBILE": "not_executable",
  ANNULLATO: "cancelled",
};

/** Reads a list; rows whose outcome is still empty are passed over. @throws TreasuryFileError */
export function readOutcomeList(bytes: Uint8Array): TreasuryFile {
  if (bytes.length > MOST_BYTES)
    throw new TreasuryFileError("treasury_file_too_large", { limit: MOST_BYTES / 1_000_000 });
  const rows = rowsOf(textOf(bytes));
  if (rows.length === 0) throw new TreasuryFileError("treasury_file_empty");
  const said = rows.filter(({ row }) => row.esito !== "");
  return {
    ...{ source: "csv", flow: null, page: 1, pages: 1, createdAt: null, entity: {}, signed: false },
    movements: said.map(({ row, line }) => movementOf(row, line)),
    others: rows.length - said.length,
  };
}

function rowsOf(text: string): { row: Row; line: number }[] {
  const delimiter = (text.split(/\r?\n/, 1)[0] ?? "").includes(";") ? ";" : ",";
  let lines: { record: string[]; info: { lines: number } }[];
  try {
    lines = parse(text, {
      ...{ bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true },
      ...{ trim: true, max_record_size: 4000, to: MOST_ROWS + 1 },
    }) as unknown as typeof lines;
  } catch {
    throw new TreasuryFileError("treasury_file_unreadable", { line: 1 });
  }
  const [heading, ...body] = lines;
  const names = heading?.record.map((name) => name.toLowerCase()) ?? [];
  const missing = listColumns.filter((name) => name !== "quietanza" && !names.includes(name));
  if (missing.length > 0)
    throw new TreasuryFileError("treasury_file_columns", { columns: missing.join(", ") });
  if (body.length >= MOST_ROWS)
    throw new TreasuryFileError("treasury_file_too_large", { limit: MOST_BYTES / 1_000_000 });
  return body
    .filter(({ record }) => record.some((cell) => cell !== ""))
    .map(({ record, info }) => {
      // A spreadsheet is told that a number is text by an apostrophe before it.
      const cell = (name: ListColumn) => (record[names.indexOf(name)] ?? "").replace(/^'/, "").trim();
      const row = Object.fromEntries(listColumns.map((name) => [name, cell(name)])) as Row;
      return { row, line: info.lines };
    });
}

function movementOf(row: Row, line: number): Movement {
  const refuse = (column: ListColumn): never => {
    throw new TreasuryFileError("treasury_file_row", { line, column });
  };
  const number = (column: ListColumn, most: number) =>
    /^\d{1,7}$/.test(row[column]) && Number(row[column]) <= most ? Number(row[column]) : refuse(column);
  const year = number("esercizio", 2099);
  const cents = centsOf(row.importo, row.importo.includes(",") ? "," : ".");
  const operation = operations[row.esito.toUpperCase().replaceAll(/[\s_]+/g, " ")];
  return {
    source: "csv",
    year: year >= 1999 ? year : refuse("esercizio"),
    order: number("numero_mandato", 9_999_999),
    payee: row.progressivo_beneficiario === "" ? 1 : number("progressivo_beneficiario", 9_999_999),
    operation: operation ?? refuse("esito"),
    amountCents: cents === undefined ? refuse("importo") : Math.abs(cents),
    on: dayOf(row.data) ?? refuse("data"),
    receipt:
      row.quietanza === "" ? null : /^\d{1,20}$/.test(row.quietanza) ? row.quietanza : refuse("quietanza"),
    mark: "",
    ownFlow: false,
  };
}

/** `2026-11-03` or `3/11/2026`. */
function dayOf(text: string): string | undefined {
  const italian = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const day = italian
    ? `${italian[3]}-${italian[2]?.padStart(2, "0")}-${italian[1]?.padStart(2, "0")}`
    : text;
  return Day.safeParse(day).success ? day : undefined;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
