/** Italian fiscal numbers of people (D.M. 23 December 1976), and lists of them as registry offices export them. Pure. */

// Seven positions hold digits, which letters replace where two people would otherwise have the same number.
const form = /^[A-Z]{6}[\dLMNPQRSTUV]{2}[A-EHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]$/;
const oddValues = "BAKPLCQDREVOSFTGUHMINJWZYX";

/** A fiscal number as it is kept and compared: capitals, no spaces. */
export function normalFiscalNumber(typed: string): string {
  return typed.replace(/\s/g, "").toUpperCase();
}

/** Whether a normal fiscal number has the right form and check letter. */
export function isFiscalNumber(value: string): boolean {
  return form.test(value) && value[15] === checkLetter(value);
}

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

function checkLetter(fiscalNumber: string): string {
  const sum = [...fiscalNumber.slice(0, 15)].reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (index % 2 === 0 ? oddValues.indexOf(String.fromCharCode(65 + value)) : value);
  }, 0);
  return String.fromCharCode(65 + (sum % 26));
}
