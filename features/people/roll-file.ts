/** Lists of people's codes as registry offices export them. Pure. */
import { isElevenDigitCode, isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";
import { cellsOf, headingsOf, isTotal, linesOf } from "./roll-lines";

export type ReadRoll = {
  /** Each once, in the order of the file. */
  fiscalNumbers: string[];
  /** Lines that held one, with repetitions. */
  read: number;
  /** Numbers of the lines that are wrong, from 1. */
  wrong: number[];
};

/** Lines read in one step. */
const STEP = 5000;
/** Bytes at the beginning that tell the encoding where no mark does. */
const SAMPLE = 1000;

/**
 * The text of a list in UTF-8, UTF-16 with its mark or without, or Windows-1252, as spreadsheets write them.
 * @returns undefined for what is no text, such as a spreadsheet's own file
 */
export function rollText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return textOnly(new TextDecoder("utf-16le").decode(bytes));
  if (first === 0xfe && second === 0xff) return textOnly(new TextDecoder("utf-16be").decode(bytes));
  // Most of a list are ASCII characters, of whose two bytes in UTF-16 one is zero.
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [0, 1].map((odd) => sample.filter((byte, at) => at % 2 === odd && byte === 0).length);
  const most = sample.length / 4;
  if ((zeros[1] ?? 0) > most) return textOnly(new TextDecoder("utf-16le").decode(bytes));
  if ((zeros[0] ?? 0) > most) return textOnly(new TextDecoder("utf-16be").decode(bytes));
  return textOnly(eightBitText(bytes));
}

/** Programs of DOS end a text with a sign of its own. */
const END = "\u001a";

function textOnly(text: string): string | undefined {
  const isControl = (sign: string) => sign < " " && !"\t\n\v\f\r".includes(sign);
  const whole = text.endsWith(END) ? text.slice(0, -1) : text;
  return whole.startsWith("%PDF-") || [...whole.slice(0, SAMPLE)].some(isControl) ? undefined : whole;
}

function eightBitText(bytes: Uint8Array): string {
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
 * Reads one column of a list separated by commas, semicolons, tabs or bars, a few thousand lines in a step: fiscal
 * numbers, and provisional ones of eleven digits. It is the column that a heading names, otherwise that of the first
 * code. Passed over are empty lines; before the first code `sep=;`, titles and the columns' names; the same names
 * repeated, as on each page of a print; and a line of totals. What a wrong line says is not repeated: it may be
 * somebody's number.
 */
export function* rollReading(text: string): Generator<void, ReadRoll> {
  const found = new Set<string>();
  const wrong: number[] = [];
  const headings = headingsOf(text);
  const repeated = new Set(headings.named && [headings.named]);
  let { column } = headings;
  let read = 0;
  let taken = 0;
  for (const { number, line } of linesOf(text)) {
    taken += 1;
    if (taken % STEP === 0) yield;
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === "") || headings.lines.has(number)) continue;
    if (repeated.has(cells.join("\t")) || isTotal(cells)) continue;
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
