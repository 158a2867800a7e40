/** A table as a file that somebody downloads. */
import { attachmentHeader } from "../attachment-header";
import { writeCsv } from "./csv";
import { writeJson } from "./json";
import { writeOds } from "./ods";
import { type Printed, writePdf } from "./pdf";
import type { Table, TableFormat } from "./table";

export type TableBody = string | Uint8Array<ArrayBuffer>;

const formats: Record<
  TableFormat,
  { type: string; write: (table: Table, printed: Printed) => TableBody | Promise<TableBody> }
> = {
  csv: { type: "text/csv; charset=utf-8", write: writeCsv },
  ods: { type: "application/vnd.oasis.opendocument.spreadsheet", write: writeOds },
  json: { type: "application/json; charset=utf-8", write: writeJson },
  pdf: {
    type: "application/pdf",
    write: async (table, printed) => new Uint8Array(await writePdf(table, printed)),
  },
};

/** @param printed what a PDF says beside the table */
export async function writeTable(format: TableFormat, table: Table, printed: Printed): Promise<TableBody> {
  return formats[format].write(table, printed);
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
