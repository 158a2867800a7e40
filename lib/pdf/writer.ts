/** Writes running text into a PDF. The same words give the same bytes: nothing in it depends on the moment. */
import { encode } from "uqr";
import { asPrinted, FontSet, type Weight } from "./fonts";
import { type About, codePoints, type Element, Pages } from "./pages";
import { type PdfColumn, writeTable } from "./table";

export const BODY = 11;
const LINE = 16;
const CODE = 96;

export class PdfWriter {
  private constructor(private readonly pages: Pages) {}

  static async open(about: About): Promise<PdfWriter> {
    return new PdfWriter(await Pages.open(about));
  }

  title(text: string, size: number): void {
    this.#paragraph(text, "H1", "bold", size);
  }

  heading(text: string): void {
    // A heading alone at the foot of a page would be cut from its text.
    if (this.pages.left < 4 * LINE) this.pages.turn();
    this.pages.down(LINE / 2);
    this.#paragraph(text, "H2", "bold", 13);
  }

  /** One paragraph. @throws Error for a character that no font has */
  text(text: string, weight: Weight, size: number): void {
    this.#paragraph(text, "P", weight, size);
  }

  list(items: readonly string[]): void {
    const list = this.pages.element("L");
    for (const item of items) {
      const entry = this.pages.element("LI", list);
      this.#paragraph(`– ${item}`, "LBody", "regular", BODY, entry);
      entry.of.end();
    }
    list.of.end();
  }

  /** A text as QR code, with the words that stand for it. */
  code(text: string, alternative: string): void {
    if (this.pages.left < CODE) this.pages.turn();
    const { data, size } = encode(text, { border: 4, ecc: "M" });
    this.pages.squares(data, CODE / size, alternative);
  }

  table(columns: readonly PdfColumn[], rows: readonly (readonly string[])[]): Promise<void> {
    return writeTable(this.pages, columns, rows);
  }

  /** Ends the file, with a line at the foot of each page before the page's number. */
  finish(footer: string): Promise<Buffer> {
    return this.pages.finish(footer);
  }

  #paragraph(text: string, type: string, weight: Weight, size: number, within?: Element): void {
    const { pages } = this;
    const style = { weight, size, leading: Math.max(LINE, size * 1.35) };
    const element = pages.element(type, within);
    for (const line of pages.wrapped(text, style, pages.width)) {
      if (pages.left < style.leading) pages.turn();
      pages.content(element, () => pages.lines({ lines: [line], x: pages.margin, top: 0 }, style));
      pages.down(style.leading);
    }
    element.of.end();
    pages.down(4);
  }
}

/** The characters of a text that no font has, each once: those that cannot be seen by their number. */
export async function unprintable(text: string): Promise<string[]> {
  const fonts = await FontSet.load();
  const lines = asPrinted(text).split(/[\t\n\v\f\r\u2028\u2029]/);
  const found = new Set(lines.flatMap((line) => fonts.runs(line).unprintable));
  return [...found].map((character) =>
    /^[\p{C}\p{Z}]/u.test(character) ? codePoints(character) : character,
  );
}
