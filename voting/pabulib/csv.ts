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
    const record = readRecord(text, at, line, delimiter);
    if (record.fields.some((field) => field.trim() !== "")) yield { fields: record.fields, line, start: at };
    // The end of the line: CR LF counts once.
    at = record.end + (text.startsWith("\r\n", record.end) ? 2 : 1);
    line = record.line + 1;
  }
}

/** Rows that are read again each time they are walked, instead of being kept: votes are many. */
export class RowList implements Iterable<Row> {
  readonly #text: string;
  readonly #starts: number[] = [];
  readonly #lines: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#starts.length;
  }

  push(row: Row): void {
    this.#starts.push(row.start);
    this.#lines.push(row.line);
  }

  *[Symbol.iterator](): Generator<Row> {
    for (let i = 0; i < this.#starts.length; i++) {
      const start = this.#starts[i] ?? 0;
      const line = this.#lines[i] ?? 1;
      yield { fields: readRecord(this.#text, start, line, SEPARATOR).fields, line, start };
    }
  }
}

/** The fields of the record at `start`, the position after them and the line that is. */
function readRecord(text: string, start: number, startLine: number, delimiter: number) {
  const fields: string[] = [];
  let at = start;
  let line = startLine;
  for (;;) {
    const field = readField(text, at, delimiter);
    if (field === null) throw new PabulibError(line, columnAt(text, at), "this quote is never closed");
    fields.push(field.value);
    line += field.lines;
    at = field.end;
    if (at >= text.length || text.charCodeAt(at) !== delimiter) return { fields, end: at, line };
    at += 1;
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

/** The quoted field, `literal` when text follows a quote on the same line, null when it is never closed. */
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
    if (!ends) return lineEnds(text.slice(start, close)) === 0 ? "literal" : null;
    return { value, end: close + 1, lines: lineEnds(value), quoted: true };
  }
}

function lineEnds(value: string): number {
  return value.match(/\r\n|\n|\r/g)?.length ?? 0;
}
