/** Lines of a list, and which of them are about the list and nobody's. Pure. */
import { normalFiscalNumber } from "@/lib/fiscal-number";

type Headings = {
  /** Numbers of the lines that are passed over, from 1. */
  lines: ReadonlySet<number>;
  /** The cells of the line that names the columns, joined by tabs. */
  named?: string;
  /** The column of the codes, from 0; -1 where no heading names it. */
  column: number;
};

/** Lines at the beginning, empty ones left out, that may say what the list is and what its columns are. */
const MOST_HEADINGS = 10;
/** As many without a line that names the columns: more are a file of something else. */
const MOST_TITLES = 5;
/** Characters of a column's name. */
const MOST_NAME = 40;

/**
 * What stands before the first line of a person. A line that names the column of the codes makes titles of all above
 * it, but for one with what may be a mistyped code; without such a line only words are titles.
 */
export function headingsOf(text: string): Headings {
  const above: { number: number; cells: readonly string[] }[] = [];
  for (const { number, line } of linesOf(text)) {
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === "")) continue;
    if (above.length === MOST_HEADINGS || cells.some(mayBeCode)) break;
    above.push({ number, cells });
    const column = cells.findIndex((cell) => /fiscal|^c\.? ?f\.?$|cod[._ ]*fisc/i.test(cell));
    // «Elenco dei codici fiscali degli elettori di Torino» is a title.
    if (column !== -1 && (cells[column] ?? "").length <= MOST_NAME)
      return { lines: new Set(above.map((one) => one.number)), named: cells.join("\t"), column };
  }
  const isTitles = (cells: readonly string[]) => {
    const [only = "", ...others] = cells;
    const isNumberAlone = /^[\d\s./:-]{1,10}$/.test(only) && !mayBeCode(only);
    return cells.every(isTitle) || (isNumberAlone && others.every((cell) => cell === ""));
  };
  const last = above.findIndex(({ cells }) => !isTitles(cells));
  const titles = above.slice(0, last === -1 ? MOST_TITLES : Math.min(last, MOST_TITLES));
  return { lines: new Set(titles.map((one) => one.number)), column: -1 };
}

/** A line that says how many there are: «Totale;700». */
export function isTotal(cells: readonly string[]): boolean {
  const [first = "", ...others] = cells.filter((cell) => cell !== "");
  const isNumber = (cell: string) => /^[\d.]{1,9}$/.test(cell);
  return /^tot(ale|\.)?( \p{L}+)?:?( [\d.]{1,9})?$/iu.test(first) && others.every(isNumber);
}

/** A word, perhaps with a number, and no code; `sep=` names the separator. */
function isTitle(cell: string): boolean {
  return cell === "" || /^sep=/i.test(cell) || (/\p{L}{2}/u.test(cell) && !mayBeCode(cell));
}

/** A code, or one with signs too many, too few or wrong. */
function mayBeCode(cell: string): boolean {
  const isLikeOne = (word: string) =>
    /^[A-Z0-9]{12,20}$/.test(word) ? /\d.*\d.*\d/.test(word) : /^\d{9,}$/.test(word);
  return cell.toUpperCase().split(/\s+/).some(isLikeOne) || /^[A-Z0-9]{16}$/.test(normalFiscalNumber(cell));
}

/** Each line with its number in the file, from 1; a break within quotes ends no line. */
export function* linesOf(text: string): Generator<{ number: number; line: string }> {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  for (let number = 1; at < text.length; ) {
    let { stop, next } = endOf(text, at);
    let breaks = 1;
    if (isOpen(text.slice(at, stop))) {
      let further = { stop, next };
      for (let more = 1; more <= MOST_BREAKS && further.next < text.length; more += 1) {
        further = endOf(text, further.next);
        if (isOpen(text.slice(at, further.stop))) continue;
        ({ stop, next } = further);
        breaks += more;
        break;
      }
    }
    yield { number, line: text.slice(at, stop) };
    number += breaks;
    at = next;
  }
}

/** Breaks within one cell. Where a quote is not closed before, it is a sign like others and holds no other line. */
const MOST_BREAKS = 5;

function isOpen(line: string): boolean {
  let quotes = 0;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

function endOf(text: string, from: number): { stop: number; next: number } {
  const end = /[\r\n]/g;
  end.lastIndex = from;
  const stop = end.exec(text)?.index ?? text.length;
  return { stop, next: stop + (text.startsWith("\r\n", stop) ? 2 : 1) };
}

/** The cells of a line; a separator within quotes separates nothing. */
export function cellsOf(line: string): string[] {
  const cells = line.match(/(?:"[^"]*"|[^",;|\t])*(?:[,;|\t]|$)/g) ?? [];
  return cells.map((cell) =>
    cell
      .replace(/[,;|\t]$/, "")
      .replaceAll('"', "")
      // Spreadsheets are kept from taking a text for a number by an apostrophe or by ="…".
      .replace(/^\s*=?['’]?/, "")
      .trim(),
  );
}
