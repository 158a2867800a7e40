/** Lists of people's codes as registry offices export them. Pure. */
import { isElevenDigitCode, isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";

export type ReadRoll = {
  /** Each once, in the order of the file. */
  fiscalNumbers: string[];
  /** Lines that held one, with repetitions. */
  read: number;
  /** Numbers of the lines that are wrong, from 1. */
  wrong: number[];
};

/** Lines before the first code that may say what the list is, how it is separated and what its columns are. */
const MOST_HEADINGS = 5;
/** Lines read in one step. */
const STEP = 5000;

/** The text of a list in UTF-8, UTF-16 with its mark, or Windows-1252, as spreadsheets write them. */
export function rollText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Reads a whole list. */
export function readRoll(text: string): ReadRoll {
  const reading = rollReading(text);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/**
 * Reads one column of a list separated by commas, semicolons or tabs, a few thousand lines in a step: fiscal numbers,
 * and provisional ones of eleven digits. It is the column that a heading names, otherwise that of the first code.
 * Empty lines are passed over, and so are, before the first code, `sep=;`, a title and the columns' names. What a
 * wrong line says is not repeated: it may be somebody's number.
 */
export function* rollReading(text: string): Generator<void, ReadRoll> {
  const found = new Set<string>();
  const wrong: number[] = [];
  let read = 0;
  let column = -1;
  let headings = 0;
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (number % STEP === 0) yield;
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === "")) continue;
    if (read === 0 && headings < MOST_HEADINGS && isHeading(cells)) {
      headings += 1;
      const named = cells.findIndex((cell) => /fiscal|^c\.? ?f\.?$/i.test(cell));
      if (named !== -1) column = named;
      continue;
    }
    read += 1;
    const values = cells.map(normalFiscalNumber);
    const place = column === -1 ? values.findIndex(isCode) : column;
    const value = values[place] ?? "";
    if (!isCode(value)) {
      wrong.push(number);
      continue;
    }
    column = place;
    found.add(value);
  }
  return { fiscalNumbers: [...found], read, wrong };
}

function isCode(value: string): boolean {
  return isFiscalNumber(value) || isElevenDigitCode(value);
}

/** Words, perhaps with a number after them, and no sixteen letters: a mistyped code is none of these. */
function isHeading(cells: readonly string[]): boolean {
  if (/^sep=/i.test(cells[0] ?? "")) return true;
  return cells.every(
    (cell) =>
      cell === "" ||
      (/^\p{L}[\p{L}\s._'’/()-]*(\s\d{1,4}([./-]\d{1,4})*)?$/u.test(cell) &&
        normalFiscalNumber(cell).length !== 16),
  );
}

function* linesOf(text: string): Generator<string> {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const end = /[\r\n]/g;
    end.lastIndex = at;
    const stop = end.exec(text)?.index ?? text.length;
    yield text.slice(at, stop);
    at = stop + (text.startsWith("\r\n", stop) ? 2 : 1);
  }
}

/** The cells of a line; a separator within quotes separates nothing. */
function cellsOf(line: string): string[] {
  const cells = line.match(/(?:"[^"]*"|[^",;\t])*(?:[,;\t]|$)/g) ?? [];
  return cells.map((cell) =>
    cell
      .replace(/[,;\t]$/, "")
      .replaceAll('"', "")
      .trim(),
  );
}
