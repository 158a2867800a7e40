import { decimalOf, type Table } from "./table";

/** A table as JSON for programs: an object a row, by the columns' keys; amounts in euro as decimal numbers. */
export function writeJson({ columns, rows }: Table): string {
  return `${JSON.stringify(
    rows.map((row) => rowObject(columns, row)),
    null,
    2,
  )}\n`;
}

/** One row by the columns' keys. */
export function rowObject(
  columns: Table["columns"],
  row: Table["rows"][number],
): Record<string, string | number | null> {
  return Object.fromEntries(
    columns.map(({ key, kind }, index) => {
      const value = row[index] ?? null;
      if (value === null) return [key, null];
      if (kind === "cents") return [key, Number(decimalOf(BigInt(value), "."))];
      return [key, kind === "count" ? Number(value) : String(value)];
    }),
  );
}
