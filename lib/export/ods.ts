/** A table as an OpenDocument spreadsheet (ODF 1.3): typed cells, so that nothing is guessed when it is opened. */
import { strToU8, zipSync } from "fflate";
import { type ColumnKind, decimalOf, type Table, type Value } from "./table";
import { xmlAttribute, xmlText } from "./xml-text";

const MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet";

export function writeOds(table: Table): Uint8Array<ArrayBuffer> {
  // The archive's own times are no part of the table: the same rows give the same bytes.
  const mtime = new Date(1980, 0, 1);
  return zipSync(
    {
      // First and not compressed: by it programs know the format.
      mimetype: [strToU8(MEDIA_TYPE), { level: 0 }],
      "content.xml": strToU8(contentOf(table)),
      "META-INF/manifest.xml": strToU8(manifest),
    },
    { mtime },
  );
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const manifest = `${declaration}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${MEDIA_TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`;

const namespaces = [
  ["office", "office"],
  ["style", "style"],
  ["text", "text"],
  ["table", "table"],
  ["number", "datastyle"],
  ["fo", "xsl-fo-compatible"],
]
  .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(" ");

const styles = `<office:automatic-styles>
<number:date-style style:name="day-format"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:number-style style:name="money-format"><number:number number:min-integer-digits="1" number:decimal-places="2" number:min-decimal-places="2" number:grouping="true"/></number:number-style>
<number:text-style style:name="text-format"><number:text-content/></number:text-style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="4cm"/></style:style>
<style:style style:name="heading" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="day-format"/>
<style:style style:name="money" style:family="table-cell" style:data-style-name="money-format"/>
<style:style style:name="plain" style:family="table-cell" style:data-style-name="text-format"/>
</office:automatic-styles>`;

function contentOf({ name, columns, rows }: Table): string {
  const heading = columns.map((column) => cell("heading", "string", "", column.heading)).join("");
  const body = rows.map((row) => {
    const cells = columns.map(({ kind }, index) => valueCell(kind, row[index] ?? null));
    return `<table:table-row>${cells.join("")}</table:table-row>`;
  });
  return `${declaration}<office:document-content ${namespaces} office:version="1.3">${styles}<office:body><office:spreadsheet><table:table table:name="${xmlAttribute(name)}"><table:table-column table:style-name="wide" table:number-columns-repeated="${columns.length}"/><table:table-header-rows><table:table-row>${heading}</table:table-row></table:table-header-rows>
${body.join("\n")}
</table:table></office:spreadsheet></office:body></office:document-content>`;
}

function valueCell(kind: ColumnKind, value: Value): string {
  if (value === null) return "<table:table-cell/>";
  switch (kind) {
    case "cents": {
      const amount = decimalOf(BigInt(value), ".");
      return cell("money", "float", `office:value="${amount}"`, amount);
    }
    case "count":
      return cell("", "float", `office:value="${BigInt(value)}"`, String(value));
    case "day":
      return cell("day", "date", `office:date-value="${xmlAttribute(String(value))}"`, String(value));
    default:
      return cell("plain", "string", "", String(value));
  }
}

function cell(style: string, type: string, value: string, shown: string): string {
  const named = style ? ` table:style-name="${style}"` : "";
  return `<table:table-cell${named} office:value-type="${type}"${value ? ` ${value}` : ""}>${paragraphs(shown)}</table:table-cell>`;
}

/** A text as paragraphs, in which spaces in a row and tabs have elements of their own. */
function paragraphs(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const marked = xmlText(line)
        .replace(/\t/g, "<text:tab/>")
        .replace(/^ | {2,}/g, (spaces) => `<text:s text:c="${spaces.length}"/>`);
      return `<text:p>${marked}</text:p>`;
    })
    .join("");
}
