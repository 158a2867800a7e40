/** The PDF that a party signs at a Casa. The same words give the same bytes: nothing in it depends on the moment. */
import { BODY, PdfWriter, unprintable } from "@/lib/pdf/writer";

export type PaperForm = {
  municipality: string;
  title: string;
  /** Lines that say what is asked for. */
  facts: readonly string[];
  /** Of a report. */
  text?: { heading: string; text: string };
  code: { heading: string; value: string; hint: string };
  /** What is signed, then a heading and lines to fill in for each who signs. */
  signatures: { statement: string; places: readonly { heading: string; lines: readonly string[] }[] };
  footer: string;
  language: string;
};

const RULE = "_".repeat(56);

export async function renderPaperForm(form: PaperForm): Promise<Buffer> {
  const writer = await PdfWriter.open(form);
  writer.text(form.municipality, "bold", BODY);
  writer.title(form.title, 18);
  for (const fact of form.facts) writer.text(fact, "regular", BODY);
  if (form.text) {
    writer.heading(form.text.heading);
    for (const paragraph of form.text.text.split(/\n+/)) writer.text(paragraph, "regular", BODY);
  }
  writer.heading(form.code.heading);
  writer.text(form.code.value, "bold", BODY);
  writer.text(form.code.hint, "regular", BODY);
  writer.text(form.signatures.statement, "bold", BODY);
  for (const { heading, lines } of form.signatures.places) {
    writer.heading(heading);
    for (const line of lines) {
      writer.text(line, "regular", BODY);
      writer.text(RULE, "regular", BODY);
    }
  }
  return writer.finish(form.footer);
}

/** Characters of the form that no font has. */
export function unprintableIn({ facts, text, municipality, title }: PaperForm): Promise<string[]> {
  return unprintable([municipality, title, ...facts, text?.text ?? ""].join("\n"));
}
