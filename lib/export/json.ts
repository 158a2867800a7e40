import { decimalOf, type Table } from "./table";

/** A table as JSON for programs: an object a row, by the columns' keys; amounts in euro as decimal numbers. */
export function writeJson({ columns, rows }: Table): string {
  const objects = rows.map((row) =>
    Object.fromEntries(
      columns.map(({ key, kind }, index) => {
        const value = row[index] ?? null;
        if (value === null) return [key, null];
        if (kind === "cents") return [key, Number(decimalOf(BigInt(value), "."))];
        return [key, kind === "count" ? Number(value) : String(value)];
      }),
    ),
  );
  return `${JSON.stringify(objects, null, 2)}\n`;
}
