/** A table of any length as a file: text goes out as rows come, a spreadsheet has a largest length. */
import { csvHeading, csvRows } from "@/lib/export/csv";
import { rowObject } from "@/lib/export/json";
import type { Column, Value } from "@/lib/export/table";

export type Batches = AsyncIterable<readonly (readonly Value[])[]>;

export async function* csvParts(columns: readonly Column[], batches: Batches): AsyncGenerator<string> {
  yield csvHeading(columns);
  for await (const rows of batches) yield csvRows(columns, rows);
}

/** A list of objects, one a line. */
export async function* jsonParts(columns: readonly Column[], batches: Batches): AsyncGenerator<string> {
  yield "[";
  let comma = "";
  for await (const rows of batches) {
    for (const row of rows) {
      yield `${comma}\n${JSON.stringify(rowObject(columns, row))}`;
      comma = ",";
    }
  }
  yield "\n]\n";
}

/** All rows of what is written whole. @returns null where there are more than `most` */
export async function rowsOf(batches: Batches, most: number): Promise<(readonly Value[])[] | null> {
  const rows: (readonly Value[])[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > most) return null;
  }
  return rows;
}
