import { setImmediate } from "node:timers/promises";
import { asPrinted, FontSet } from "./fonts";
import { codePoints, type Element, type Pages, type Style } from "./pages";

/** Amounts and counts stand to the right. */
export type PdfColumn = { heading: string; align: "left" | "right" };

const GAP = 8;
const heading: Style = { weight: "bold", size: 7.5, leading: 10 };
const body: Style = { weight: "regular", size: 7.5, leading: 10 };
/** Of a letter, by its size: somewhat more than most, so that an amount is never cut. */
const LETTER = 0.62;

/** A table whose header every page repeats. What no font has is written as its number. */
export async function writeTable(
  pages: Pages,
  columns: readonly PdfColumn[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const fonts = await FontSet.load();
  const printed = (text: string) => printable(fonts, text);
  const headings = columns.map((column) => printed(column.heading));
  const widths = widthsOf(headings, rows, pages.width);
  const edges = widths.map((_, index) =>
    widths.slice(0, index).reduce((sum, width) => sum + width, pages.margin),
  );
  const cellsOf = (texts: readonly string[], style: Style) =>
    columns.map(({ align }, index) => {
      const [x = 0, width = 0] = [edges[index], widths[index]];
      const inner = width - GAP;
      const lines = pages.wrapped(texts[index] ?? "", style, inner);
      return lines.map((line) => ({
        line,
        x: align === "left" ? x : x + Math.max(0, inner - pages.widthOf(line, style.weight, style.size)),
      }));
    });
  const table = pages.element("Table");
  const head = cellsOf(headings, heading);
  const drawRow = (cells: typeof head, style: Style, elements?: readonly Element[]) => {
    drawCells(pages, cells, style, elements);
    pages.down(heightOf(cells, style));
    pages.rule();
  };
  const room = Math.max(1, Math.floor((pages.whole - heightOf(head, heading)) / body.leading) - 1);
  const top = pages.element("TR", table);
  const named = head.map(() => pages.element("TH", top, { scope: "Column" }));
  if (pages.left < heightOf(head, heading) + 4 * body.leading) pages.turn();
  drawRow(head, heading, named);
  for (const { of } of [...named, top]) of.end();
  for (const texts of rows) {
    const row = pages.element("TR", table);
    const elements = columns.map(() => pages.element("TD", row));
    const cells = cellsOf(texts.map(printed), body);
    // A cell that is longer than a page goes on over the next.
    for (let from = 0; from === 0 || cells.some((lines) => lines.length > from); from += room) {
      const part = cells.map((lines) => lines.slice(from, from + room));
      if (pages.left < heightOf(part, body)) {
        pages.turn();
        pages.artifact("Pagination", () => drawCells(pages, head, heading));
        pages.down(heightOf(head, heading));
        pages.rule();
      }
      drawRow(part, body, elements);
    }
    for (const { of } of [...elements, row]) of.end();
    // Others who ask for something come between two rows.
    await setImmediate();
  }
  table.of.end();
  pages.down(body.leading);
}

type Cells = readonly (readonly { line: string; x: number }[])[];

/** @param elements of the structure, one for each cell; without them nothing is read aloud */
function drawCells(pages: Pages, cells: Cells, style: Style, elements?: readonly Element[]): void {
  for (const [index, lines] of cells.entries())
    for (const [at, { line, x }] of lines.entries()) {
      const draw = () => pages.lines({ lines: [line], x, top: at * style.leading }, style);
      const element = elements?.[index];
      if (element) pages.content(element, draw);
      else draw();
    }
}

function heightOf(cells: Cells, { leading }: Style): number {
  return Math.max(1, ...cells.map((lines) => lines.length)) * leading + leading / 2;
}

/** Each column as wide as its words want it; where that is too much, none narrower than its longest word if it can be. */
function widthsOf(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  whole: number,
): number[] {
  const letter = body.size * LETTER;
  const wanted = headings.map((text, column) => {
    const texts = [text, ...rows.map((row) => row[column] ?? "")];
    const longest = Math.max(...texts.map((one) => longestWord(one)));
    const natural = texts.reduce((most, one) => Math.max(most, one.length), 1);
    return { least: Math.min(longest, 18) * letter + GAP, natural: natural * letter + GAP };
  });
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
  const least = sum(wanted.map((one) => one.least));
  if (least >= whole) return wanted.map((one) => (one.least * whole) / least);
  const more = wanted.map((one) => Math.max(0, one.natural - one.least));
  const share = Math.min(1, (whole - least) / Math.max(1, sum(more)));
  return wanted.map((one, column) => one.least + (more[column] ?? 0) * share);
}

function longestWord(text: string): number {
  return text.split(/\s+/).reduce((most, word) => Math.max(most, word.length), 1);
}

/** A text on one line; what no font has is written as its number. */
export function printable(fonts: FontSet, text: string): string {
  const clean = asPrinted(text.replace(/\s+/g, " "));
  const { unprintable } = fonts.runs(clean);
  return unprintable.reduce(
    (said, character) => said.replaceAll(character, `[${codePoints(character)}]`),
    clean,
  );
}
