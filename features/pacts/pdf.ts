/** The PDF of one version of a pact. The same words give the same bytes: nothing in it depends on the moment. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fontkit from "@pdf-lib/fontkit";
import { PDFDocument, type PDFFont, type PDFPage, rgb } from "pdf-lib";

export type PactDocument = {
  municipality: string;
  title: string;
  version: number;
  /** Heading and paragraphs, in order. */
  sections: readonly { heading: string; text: string }[];
  parties: { heading: string; names: readonly string[] };
  /** Lines under the title: form, term. */
  facts: readonly string[];
  /** At the foot of each page, before the page's number. */
  footer: string;
  language: string;
};

const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 64;
const BODY = 11;
const LINE = 16;
const ink = rgb(0.1, 0.1, 0.1);

export async function renderPact(pact: PactDocument): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  // One after the other: which is embedded first shows in the bytes.
  const regular = await embed(document, "titillium-web-latin-400-normal.woff");
  const bold = await embed(document, "titillium-web-latin-700-normal.woff");
  // A moment of rendering in the file would change its hash from one rendering to the next.
  const epoch = new Date(0);
  document.setTitle(pact.title, { showInWindowTitleBar: true });
  document.setLanguage(pact.language);
  document.setProducer("Co-City");
  document.setCreator("Co-City");
  document.setCreationDate(epoch);
  document.setModificationDate(epoch);

  const writer = new Writer(document, regular, bold);
  writer.text(pact.municipality, bold, BODY);
  writer.text(pact.title, bold, 20);
  for (const fact of pact.facts) writer.text(fact, regular, BODY);
  writer.heading(pact.parties.heading);
  for (const name of pact.parties.names) writer.text(`– ${name}`, regular, BODY);
  for (const { heading, text } of pact.sections) {
    writer.heading(heading);
    for (const paragraph of text.split(/\n+/)) writer.text(paragraph, regular, BODY);
  }
  writer.footers(pact.footer);
  return document.save({ useObjectStreams: false });
}

class Writer {
  #page: PDFPage;
  #y = HEIGHT - MARGIN;

  constructor(
    private readonly document: PDFDocument,
    private readonly regular: PDFFont,
    private readonly bold: PDFFont,
  ) {
    this.#page = document.addPage([WIDTH, HEIGHT]);
  }

  heading(text: string): void {
    // A heading alone at the foot of a page would be cut from its text.
    if (this.#y < MARGIN + 4 * LINE) this.#turn();
    this.#y -= LINE / 2;
    this.text(text, this.bold, 13);
  }

  text(text: string, font: PDFFont, size: number): void {
    for (const line of wrap(printable(text, font), font, size, WIDTH - 2 * MARGIN)) {
      const height = Math.max(LINE, size * 1.35);
      if (this.#y - height < MARGIN) this.#turn();
      this.#y -= height;
      this.#page.drawText(line, { x: MARGIN, y: this.#y, size, font, color: ink });
    }
    this.#y -= 4;
  }

  footers(text: string): void {
    const pages = this.document.getPages();
    pages.forEach((page, index) => {
      const line = `${printable(text, this.regular)} · ${index + 1}/${pages.length}`;
      page.drawText(line, { x: MARGIN, y: MARGIN / 2, size: 8, font: this.regular, color: ink });
    });
  }

  #turn(): void {
    this.#page = this.document.addPage([WIDTH, HEIGHT]);
    this.#y = HEIGHT - MARGIN;
  }
}

/**
 * Breaks a paragraph into lines no wider than `width` points; a word that is wider alone is cut. Words are measured
 * one by one and remembered: a font lays out a word a hundred times slower than a map finds it.
 */
export function wrap(
  text: string,
  font: { widthOfTextAtSize(text: string, size: number): number },
  size: number,
  width: number,
): string[] {
  const measured = new Map<string, number>();
  const widthOf = (part: string): number => {
    const known = measured.get(part) ?? font.widthOfTextAtSize(part, size);
    measured.set(part, known);
    return known;
  };
  const space = widthOf(" ");
  const lines: string[] = [];
  let line: string[] = [];
  let taken = 0;
  const turn = () => {
    if (line.length > 0) lines.push(line.join(" "));
    line = [];
    taken = 0;
  };
  for (let word of text.split(/\s+/).filter(Boolean)) {
    while (widthOf(word) > width) {
      turn();
      let fits = word.length - 1;
      while (fits > 1 && widthOf(word.slice(0, fits)) > width) fits -= 1;
      lines.push(word.slice(0, fits));
      word = word.slice(fits);
    }
    const wanted = widthOf(word) + (line.length > 0 ? space : 0);
    if (taken + wanted > width) turn();
    taken += line.length > 0 ? wanted : widthOf(word);
    line.push(word);
  }
  turn();
  return lines;
}

const characters = new WeakMap<PDFFont, ReadonlySet<number>>();

/** Characters the font has no shape for become a question mark: a missing one must be seen, not vanish. */
function printable(text: string, font: PDFFont): string {
  const known = characters.get(font) ?? new Set(font.getCharacterSet());
  characters.set(font, known);
  return [...text]
    .map((char) => (/\s/.test(char) || known.has(char.codePointAt(0) ?? 0) ? char : "?"))
    .join("");
}

async function embed(document: PDFDocument, file: string): Promise<PDFFont> {
  const path = join(process.cwd(), "node_modules", "@fontsource", "titillium-web", "files", file);
  return document.embedFont(await readFile(path), { subset: false });
}
