/** A table as a file that somebody downloads. */
import { attachmentHeader } from "../attachment-header";
import { writeCsv } from "./csv";
import { writeJson } from "./json";
import { writeOds } from "./ods";
import type { Table } from "./table";

export type TableFormat = "csv" | "ods" | "json";
export type TableBody = string | Uint8Array<ArrayBuffer>;

const formats: Record<TableFormat, { type: string; write: (table: Table) => TableBody }> = {
  csv: { type: "text/csv; charset=utf-8", write: writeCsv },
  ods: { type: "application/vnd.oasis.opendocument.spreadsheet", write: writeOds },
  json: { type: "application/json; charset=utf-8", write: writeJson },
};

export function writeTable(format: TableFormat, table: Table): TableBody {
  return formats[format].write(table);
}

/** @param name without its ending */
export function tableResponse(format: TableFormat, name: string, body: TableBody): Response {
  return new Response(body, {
    headers: {
      "content-type": formats[format].type,
      "content-disposition": attachmentHeader(`${name}.${format}`),
      "cache-control": "no-cache",
    },
  });
}
