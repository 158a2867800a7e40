/** Lists of fiscal numbers as registry offices export them. Pure. */
import { isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";

export type ReadRoll = {
  /** Each once, in the order of the file. */
  fiscalNumbers: string[];
  /** Lines that held one, with repetitions. */
  read: number;
  /** Numbers of the lines that are wrong, from 1. */
  wrong: number[];
};

/**
 * Reads the first column of a list separated by commas, semicolons or tabs. Empty lines are passed over, and so is
 * a first line that names its columns. What a wrong line says is not repeated: it may be somebody's number.
 */
export function readRoll(text: string): ReadRoll {
  const found = new Set<string>();
  const wrong: number[] = [];
  let read = 0;
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .forEach((line, index) => {
      const cell = (line.split(/[,;\t]/)[0] ?? "").replace(/^\s*"?|"?\s*$/g, "");
      const value = normalFiscalNumber(cell);
      if (line.trim() === "" || (index === 0 && isHeading(value))) return;
      read += 1;
      if (isFiscalNumber(value)) found.add(value);
      else wrong.push(index + 1);
    });
  return { fiscalNumbers: [...found], read, wrong };
}

/** A name of a column has no digit and is no sixteen characters long; a mistyped number has or is. */
function isHeading(value: string): boolean {
  return /^[A-Z_.]+$/.test(value) && value.length !== 16;
}
