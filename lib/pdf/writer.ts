/** Writes running text into a PDF. The same words give the same bytes: nothing in it depends on the moment. */
import PDFKit from "pdfkit";
import { asPrinted, FontSet, type Weight } from "./fonts";
import { wrap } from "./wrap";

const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 64;
export const BODY = 11;
const LINE = 16;
const ink = "#1a1a1a";

const drawing = { lineBreak: false, baseline: "alphabetic" } as const;

export class PdfWriter {
  readonly #document: PDFKit.PDFDocument;
  readonly #bytes: Promise<Buffer>;
  #y = HEIGHT - MARGIN;

  private constructor(
    private readonly fonts: FontSet,
    about: { title: string; language: string },
  ) {
    // A moment of rendering in the file would change its hash from one rendering to the next.
    const epoch = new Date(0);
    const creator = { Producer: "Co-City", Creator: "Co-City", CreationDate: epoch, ModDate: epoch };
    this.#document = new PDFKit({
      size: [WIDTH, HEIGHT],
      margin: 0,
      pdfVersion: "1.7",
      bufferPages: true,
      lang: about.language,
      displayTitle: true,
      info: { Title: asPrinted(about.title), ...creator },
      // Otherwise the library embeds one of its own that lacks most letters.
      font: null as unknown as string,
    });
    for (const [family, sources] of Object.entries(fonts.sources))
      for (const [weight, source] of Object.entries(sources))
        this.#document.registerFont(`${family}-${weight}`, source);
    this.#bytes = collect(this.#document);
  }

  static async open(about: { title: string; language: string }): Promise<PdfWriter> {
    return new PdfWriter(await FontSet.load(), about);
  }

  heading(text: string): void {
    // A heading alone at the foot of a page would be cut from its text.
    if (this.#y < MARGIN + 4 * LINE) this.#turn();
    this.#y -= LINE / 2;
    this.text(text, "bold", 13);
  }

  /** One paragraph. @throws Error for a character that no font has */
  text(text: string, weight: Weight, size: number): void {
    const font = { widthOfTextAtSize: (part: string) => this.#widthOf(part, weight, size) };
    for (const line of wrap(asPrinted(text), font, size, WIDTH - 2 * MARGIN)) {
      const height = Math.max(LINE, size * 1.35);
      if (this.#y - height < MARGIN) this.#turn();
      this.#y -= height;
      this.#draw(line, this.#y, weight, size);
    }
    this.#y -= 4;
  }

  /** Ends the file, with a line at the foot of each page before the page's number. */
  async finish(footer: string): Promise<Buffer> {
    const { count } = this.#document.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.#document.switchToPage(page);
      this.#draw(`${asPrinted(footer)} · ${page + 1}/${count}`, MARGIN / 2, "regular", 8);
    }
    this.#document.end();
    return this.#bytes;
  }

  #draw(line: string, y: number, weight: Weight, size: number): void {
    // Programs that order glyphs by their place would set marks beside their letters: they are told the line.
    this.#document.markContent("Span", { actual: line });
    this.#document.fillColor(ink);
    let x = MARGIN;
    for (const run of this.#runs(line)) {
      const document = this.#use(run.family, weight, size);
      document.text(run.text, x, HEIGHT - y, drawing);
      x += document.widthOfString(run.text);
    }
    this.#document.endMarkedContent();
  }

  #widthOf(text: string, weight: Weight, size: number): number {
    return this.#runs(text).reduce(
      (width, run) => width + this.#use(run.family, weight, size).widthOfString(run.text),
      0,
    );
  }

  #use(family: string, weight: Weight, size: number): PDFKit.PDFDocument {
    return this.#document.font(`${family}-${weight}`).fontSize(size);
  }

  #runs(text: string) {
    const { runs, unprintable } = this.fonts.runs(text);
    if (unprintable.length > 0) throw new Error(`no font has ${unprintable.map(codePoints).join(", ")}`);
    return runs;
  }

  #turn(): void {
    this.#document.addPage();
    this.#y = HEIGHT - MARGIN;
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

function codePoints(character: string): string {
  return Array.from(character, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  }).join(" ");
}

async function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of document as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
