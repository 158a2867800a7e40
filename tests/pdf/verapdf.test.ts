/** Documents as veraPDF sees them, which those who archive PDF/A check with. */
import PDFKit from "pdfkit";
import { expect, it } from "vitest";
import { renderPact } from "@/features/pacts/pdf";
import { renderPaperForm } from "@/features/papers/form-pdf";
import { PdfWriter } from "@/lib/pdf/writer";
import { brokenRules } from "./verapdf";

const title = "Patto <per> il giardino & la piazza «Città» ✓";
const language = "it";
const footer = "Versione 1";
const words = "Cura del verde, perché è di tutti → così.\n\nAperto ogni giorno. ";

it("finds no fault in a pact over several pages, in a form on paper, and in a table over several pages", async () => {
  const pact = await renderPact({
    ...{ municipality: "Comune di prova", title, version: 1, footer, language, facts: ["Versione 1"] },
    sections: [{ heading: "Obiettivi", text: words.repeat(40) }],
    parties: { heading: "Le parti", names: ["Comune di prova", "Ștefan Țurcanu"] },
    page: { words: "La pagina del patto", address: "https://example.org/torino/patti/giardino" },
  });
  const form = await renderPaperForm({
    ...{ municipality: "Comune di prova", title, facts: [words], footer, language },
    text: { heading: "Relazione", text: words },
    code: { heading: "Codice", value: "abcd efgh", hint: "Si confronta." },
    signatures: { statement: "Firmo.", places: [{ heading: "La parte", lines: ["Data", "Firma"] }] },
  });
  const writer = await PdfWriter.open({ title, language, wide: true });
  writer.title(title, 18);
  await writer.table(
    [
      { heading: "Bene comune", align: "left" },
      { heading: "Importo in euro", align: "right" },
    ],
    Array.from({ length: 90 }, (_, index) => [
      index === 40 ? words.repeat(200) : `Giardino 🌳 ${index}`,
      "1,00",
    ]),
  );
  expect(await brokenRules(pact, form, await writer.finish(footer))).toEqual([]);
});

it("sees a document without tags, and one that does not say what it is", async () => {
  const document = new PDFKit({ pdfVersion: "1.7" });
  const chunks: Buffer[] = [];
  document.on("data", (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on("end", resolve));
  document.text(title);
  document.end();
  await ended;
  const broken = await brokenRules(Buffer.concat(chunks));
  expect(broken.some((one) => one.startsWith("ua1 "))).toBe(true);
  expect(broken.some((one) => one.startsWith("2a "))).toBe(true);
});
