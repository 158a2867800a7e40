import fc from "fast-check";
import { PDFDocument } from "pdf-lib";
import { describe, expect, it, vi } from "vitest";
import { type PactDocument, renderPact, wrap } from "./pdf";

const pact: PactDocument = {
  municipality: "Comune di prova",
  title: "Patto per il giardino",
  version: 1,
  sections: [{ heading: "Obiettivi", text: "Cura del verde, perché è di tutti.\n\nApertura ogni giorno." }],
  parties: { heading: "Le parti", names: ["Comune di prova", "Associazione di prova"] },
  facts: ["Versione 1"],
  footer: "Versione 1",
  language: "it",
};

// Embedding a font takes a second or two on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe("renderPact", () => {
  it("gives the same bytes for the same words, and others for other words", async () => {
    const [first, second] = [await renderPact(pact), await renderPact(pact)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    const other = await renderPact({ ...pact, title: "Patto per la piazza" });
    expect(Buffer.from(first).equals(Buffer.from(other))).toBe(false);
  });

  it("runs over several pages and survives characters the font lacks", async () => {
    const long = "Parola 漢字 🌳 ".repeat(2000);
    const bytes = await renderPact({ ...pact, sections: [{ heading: "Azioni", text: long }] });
    const document = await PDFDocument.load(bytes);
    expect(document.getPageCount()).toBeGreaterThan(3);
    expect(document.getTitle()).toBe(pact.title);
  });
});

describe("wrap", () => {
  it("keeps every character and never goes over the width", () => {
    const font = { widthOfTextAtSize: (text: string, size: number) => text.length * size };
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 5, max: 40 }), (text, columns) => {
        const lines = wrap(text, font, 1, columns);
        expect(lines.every((line) => line.length <= columns)).toBe(true);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });
});
