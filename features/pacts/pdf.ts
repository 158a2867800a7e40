/** The PDF of one version of a pact. The same words give the same bytes: nothing in it depends on the moment. */
import { setImmediate } from "node:timers/promises";
import { BODY, PdfWriter, unprintable } from "@/lib/pdf/writer";

export type PactDocument = {
  municipality: string;
  title: string;
  version: number;
  /** Heading and paragraphs, in order. */
  sections: readonly { heading: string; text: string }[];
  parties: { heading: string; names: readonly string[] };
  /** Lines under the title: form, term. */
  facts: readonly string[];
  /** Where the pact is read, with its versions and who signed: by it a paper leads back to its digital version. */
  page: { words: string; address: string };
  /** At the foot of each page, before the page's number. */
  footer: string;
  language: string;
};

export async function renderPact(pact: PactDocument): Promise<Buffer> {
  const writer = await PdfWriter.open(pact);
  writer.text(pact.municipality, "bold", BODY);
  writer.title(pact.title, 20);
  for (const fact of pact.facts) writer.text(fact, "regular", BODY);
  writer.heading(pact.parties.heading);
  writer.list(pact.parties.names);
  for (const { heading, text } of pact.sections) {
    writer.heading(heading);
    for (const paragraph of text.split(/\n+/)) {
      writer.text(paragraph, "regular", BODY);
      // Laying out letters takes its time: others who ask for something come between two paragraphs.
      await setImmediate();
    }
  }
  writer.heading(pact.page.words);
  writer.text(pact.page.address, "regular", BODY);
  writer.code(pact.page.address, `${pact.page.words}: ${pact.page.address}`);
  return writer.finish(pact.footer);
}

/** The first part of a pact, by its heading, that has characters which cannot be printed, and these. */
export async function unprintablePart(
  pact: PactDocument,
): Promise<{ part: string; characters: string[] } | undefined> {
  const parts = [
    { heading: pact.title, text: [pact.municipality, pact.title, ...pact.facts, pact.footer].join("\n") },
    { heading: pact.page.words, text: `${pact.page.words}\n${pact.page.address}` },
    { heading: pact.parties.heading, text: [pact.parties.heading, ...pact.parties.names].join("\n") },
    ...pact.sections.map(({ heading, text }) => ({ heading, text: `${heading}\n${text}` })),
  ];
  for (const { heading, text } of parts) {
    const characters = await unprintable(text);
    if (characters.length > 0) return { part: heading, characters };
  }
  return undefined;
}
