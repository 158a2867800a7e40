/** The pages of a PDF that is tagged (PDF/UA-1) and can be kept (PDF/A-2a), and where on them the next thing goes. */
import PDFKit from "pdfkit";
import { asPrinted, FontSet, type Weight } from "./fonts";
import { documentInfo, xmpOf } from "./metadata";
import { wrap } from "./wrap";

const [SHORT, LONG] = [595.28, 841.89];
const MARGIN = 64;
const ink = "#1a1a1a";
const drawing = { lineBreak: false, baseline: "alphabetic" } as const;

export type About = {
  title: string;
  language: string;
  /** Across, with small margins: for tables. */
  wide?: boolean;
};

/** An element of the structure by which programs read a document aloud. */
export type Element = { type: string; of: PDFKit.PDFStructureElement };

export type Style = { weight: Weight; size: number; leading: number };

/** Lines to be drawn, `top` points below where the writer is. */
export type Lines = { lines: readonly string[]; x: number; top: number };

export class Pages {
  readonly #document: PDFKit.PDFDocument;
  readonly #bytes: Promise<Buffer>;
  readonly #root: Element;
  readonly #height: number;
  readonly margin: number;
  /** Between the margins. */
  readonly width: number;
  /** From the top of the page to where the next thing goes. */
  #y: number;

  private constructor(
    private readonly fonts: FontSet,
    { title, language, wide }: About,
  ) {
    const size = wide ? [LONG, SHORT] : [SHORT, LONG];
    const [width = SHORT, height = LONG] = size;
    this.margin = wide ? MARGIN / 2 : MARGIN;
    this.width = width - 2 * this.margin;
    this.#height = height;
    this.#y = this.margin;
    this.#document = new PDFKit({
      ...{ size: [width, height], margin: 0, bufferPages: true },
      ...{ pdfVersion: "1.7", subset: "PDF/A-2a", tagged: true, lang: language, displayTitle: true },
      info: documentInfo(title),
      // Otherwise the library embeds one of its own that lacks most letters.
      font: null as unknown as string,
    });
    const document = this.#document as PDFKit.PDFDocument & { appendXML(xml: string): void };
    // The library writes a title with its signs of XML as they are.
    Object.assign(document, { _addInfo: () => document.appendXML(xmpOf(title)) });
    for (const [family, sources] of Object.entries(fonts.sources))
      for (const [weight, source] of Object.entries(sources))
        document.registerFont(`${family}-${weight}`, source);
    this.#root = { type: "Document", of: document.struct("Document") };
    document.addStructure(this.#root.of);
    this.#bytes = collect(document);
  }

  static async open(about: About): Promise<Pages> {
    return new Pages(await FontSet.load(), about);
  }

  /** Points above the lower margin. */
  get left(): number {
    return this.#height - this.margin - this.#y;
  }

  /** Points of a whole page. */
  get whole(): number {
    return this.#height - 2 * this.margin;
  }

  down(points: number): void {
    this.#y += points;
  }

  turn(): void {
    this.#document.addPage();
    this.#y = this.margin;
  }

  /** A new element at the end of another. Whoever opened it ends it. */
  element(
    type: string,
    within: Element = this.#root,
    options: { scope?: "Column"; alt?: string; bbox?: readonly number[] } = {},
  ): Element {
    const of = this.#document.struct(type as "P", options as { alt?: string });
    within.of.add(of);
    return { type, of };
  }

  /** Draws what belongs to an element. */
  content(element: Element, draw: () => void): void {
    const content = this.#document.markStructureContent(element.type);
    draw();
    this.#document.endMarkedContent();
    element.of.add(content);
  }

  /** Draws what is on the page and no part of what is read: rules, what each page repeats. */
  artifact(type: "Pagination" | "Layout", draw: () => void): void {
    this.#document.markContent("Artifact", { type });
    draw();
    this.#document.endMarkedContent();
  }

  lines({ lines, x, top }: Lines, style: Style): void {
    for (const [index, line] of lines.entries())
      this.#draw(line, x, this.#y + top + (index + 1) * style.leading, style);
  }

  rule(): void {
    this.artifact("Layout", () => {
      const right = this.margin + this.width;
      this.#document.moveTo(this.margin, this.#y).lineTo(right, this.#y).lineWidth(0.5).stroke("#767676");
    });
  }

  /** Squares of `side` points, dark where it is said, from where the writer is: as one figure. */
  squares(rows: readonly (readonly boolean[])[], side: number, alternative: string): void {
    const [x, top, edge] = [this.margin, this.#y, side * rows.length];
    const figure = this.element("Figure", this.#root, {
      ...{ alt: alternative, bbox: [x, top, x + edge, top + edge] },
    });
    this.content(figure, () => {
      for (const [row, modules] of rows.entries())
        for (const [column, isDark] of modules.entries())
          if (isDark) this.#document.rect(x + column * side, top + row * side, side, side);
      this.#document.fill(ink);
    });
    figure.of.end();
    this.down(edge);
  }

  wrapped(text: string, { weight, size }: Style, width: number): string[] {
    const font = { widthOfTextAtSize: (part: string) => this.widthOf(part, weight, size) };
    return wrap(asPrinted(text), font, size, width);
  }

  widthOf(text: string, weight: Weight, size: number): number {
    return this.#runs(text).reduce(
      (width, run) => width + this.#use(run.family, weight, size).widthOfString(run.text),
      0,
    );
  }

  /** Ends the file, with a line at the foot of each page before the page's number. */
  async finish(footer: string): Promise<Buffer> {
    this.#root.of.end();
    const { count } = this.#document.bufferedPageRange();
    const style = { weight: "regular", size: 8, leading: 0 } as const;
    for (let page = 0; page < count; page++) {
      this.#document.switchToPage(page);
      const line = `${asPrinted(footer)} · ${page + 1}/${count}`;
      this.artifact("Pagination", () => this.#draw(line, this.margin, this.#height - this.margin / 2, style));
    }
    this.#document.end();
    return this.#bytes;
  }

  #draw(line: string, x: number, y: number, { weight, size }: Style): void {
    // Programs that order glyphs by their place would set marks beside their letters: they are told the line.
    this.#document.markContent("Span", { actual: line });
    this.#document.fillColor(ink);
    let at = x;
    for (const run of this.#runs(line)) {
      const document = this.#use(run.family, weight, size);
      document.text(run.text, at, y, drawing);
      at += document.widthOfString(run.text);
    }
    this.#document.endMarkedContent();
  }

  #use(family: string, weight: Weight, size: number): PDFKit.PDFDocument {
    return this.#document.font(`${family}-${weight}`).fontSize(size);
  }

  #runs(text: string) {
    const { runs, unprintable } = this.fonts.runs(text);
    if (unprintable.length > 0) throw new Error(`no font has ${unprintable.map(codePoints).join(", ")}`);
    return runs;
  }
}

export function codePoints(character: string): string {
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
