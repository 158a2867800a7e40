/** Wrong content of a file, with where it stands: line and column count from 1, columns in characters. */
export class PabulibError extends Error {
  override readonly name = "PabulibError";

  constructor(
    readonly line: number,
    readonly column: number,
    readonly reason: string,
  ) {
    super(`${line}:${column}: ${reason}`);
  }
}

/** One record: its fields as written (quotes taken off, not trimmed) and where it starts. */
export interface Row {
  readonly fields: readonly string[];
  readonly line: number;
  /** Position in the text. */
  readonly start: number;
}

const QUOTE = 34;
const SEPARATOR = 59;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits text into records: fields by `;`, quoted with `"` (doubled inside) where they begin with it, lines
 * by CR LF, LF or CR. A field that begins with a quote but goes on after the closing one is taken
 * as it stands, because real files have titles such as `"Odkupmy" i my`. Blank lines are left out.
 * Throws PabulibError when a quote is never closed.
 */
export function* readRows(text: string, delimiter: number = SEPARATOR): Generator<Row> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = at;
    const startLine = line;
    const fields: string[] = [];
    for (;;) {
      const field = readField(text, at, delimiter);
      if (field === null) {
        throw new PabulibError(line, columnAt(text, at), "this quote is never closed");
      }
      fields.push(field.value);
      line += field.lines;
      at = field.end;
      if (text.charCodeAt(at) !== delimiter || at >= text.length) break;
      at += 1;
    }
    // The end of the line: CR LF counts once.
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line += 1;
    if (fields.some((field) => field.trim() !== "")) yield { fields, line: startLine, start };
  }
}

/** Where field `index` of a row begins, after its leading spaces (and opening quote). */
export function fieldPosition(text: string, row: Row, index: number, delimiter: number = SEPARATOR) {
  let at = row.start;
  let line = row.line;
  for (let i = 0; i < index; i++) {
    const field = readField(text, at, delimiter);
    if (field === null || field.end >= text.length || text.charCodeAt(field.end) !== delimiter) break;
    line += field.lines;
    at = field.end + 1;
  }
  const field = readField(text, at, delimiter);
  if (field?.quoted) at += 1;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return { line, column: columnAt(text, at), at };
}

/** Column, from 1, of a position in its line. */
export function columnAt(text: string, at: number): number {
  const before = Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1));
  return [...text.slice(at === 0 ? 0 : before + 1, at)].length + 1;
}

interface Field {
  readonly value: string;
  /** Position after the field: a delimiter, the end of the line or of the text. */
  readonly end: number;
  /** Line ends inside the field. */
  readonly lines: number;
  readonly quoted: boolean;
}

function readField(text: string, start: number, delimiter: number): Field | null {
  if (text.charCodeAt(start) === QUOTE) {
    const quoted = readQuoted(text, start, delimiter);
    if (quoted === null || quoted !== "literal") return quoted;
  }
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) break;
  }
  return { value: text.slice(start, end), end, lines: 0, quoted: false };
}

/** The quoted field, `literal` when text follows its closing quote, null when it is never closed. */
function readQuoted(text: string, start: number, delimiter: number): Field | "literal" | null {
  let value = "";
  let from = start + 1;
  for (;;) {
    const close = text.indexOf('"', from);
    if (close === -1) return null;
    value += text.slice(from, close);
    if (text.charCodeAt(close + 1) === QUOTE) {
      value += '"';
      from = close + 2;
      continue;
    }
    const after = text.charCodeAt(close + 1);
    const ends =
      close + 1 >= text.length || after === delimiter || after === LINE_FEED || after === CARRIAGE_RETURN;
    if (!ends) return "literal";
    return { value, end: close + 1, lines: lineEnds(value), quoted: true };
  }
}

function lineEnds(value: string): number {
  return value.match(/\r\n|\n|\r/g)?.length ?? 0;
}
