import { getDocumentProxy } from "unpdf";
import { describe, expect, it, vi } from "vitest";
import { latinLetters, latinSequences } from "@/lib/pdf/test/din-91379";
import { type PactDocument, renderPact, unprintablePart } from "./pdf";

const pact: PactDocument = {
  municipality: "Comune di prova",
  title: "Patto per il giardino",
  version: 1,
  sections: [{ heading: "Obiettivi", text: "Cura del verde, perché è di tutti.\n\nApertura ogni giorno." }],
  parties: { heading: "Le parti", names: ["Comune di prova", "Associazione di prova"] },
  facts: ["Versione 1"],
  page: { words: "La pagina del patto", address: "https://example.org/torino/patti/giardino" },
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

  it("runs over several pages, each with its number", async () => {
    const long = "Parola lunga → così ".repeat(2000);
    const bytes = await renderPact({ ...pact, sections: [{ heading: "Azioni", text: long }] });
    const lines = await linesOf(bytes);
    const pages = lines.filter((line) => /^Versione 1 · \d+\/\d+$/.test(line));
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.at(-1)).toBe(`Versione 1 · ${pages.length}/${pages.length}`);
    expect(lines.join(" ")).toContain(long.trim().slice(-200));
  });

  it("can be read back as what was typed", async () => {
    const names = [
      "Ștefan Țurcanu",
      "Łukasz Żółć",
      "Nguyễn Thị Hương",
      "Đorđe Šešelj",
      "Ольга Петрова",
      "Ελένη Παπαδοπούλου",
      "Aglie\u0300",
    ];
    const text = "½ m² ≤ 3 → fine ✓\nofficina, fiore, affitto, ﬁne\nμ µ ı i ì ĳ Ŀ\n10\u00a0000 € – «così»";
    const bytes = await renderPact({
      ...pact,
      title: "Patto di Agliè",
      parties: { heading: "Le parti", names },
      sections: [{ heading: "Obiettivi", text }],
    });
    const lines = await linesOf(bytes);
    for (const name of names) expect(lines).toContain(`– ${name.normalize("NFC")}`);
    for (const line of text.split("\n")) expect(lines).toContain(line.replace("\u00a0", " "));
    expect(lines).toContain("Patto di Agliè");
    expect(bytes.includes("Helvetica")).toBe(false);
  });

  it("can be read back in every letter of DIN 91379, in both weights", async () => {
    const written = [...latinLetters, ...latinSequences].map((letter) => letter.normalize("NFC"));
    const text = written.join(" ");
    expect(
      await unprintablePart({ ...pact, title: text, sections: [{ heading: "x", text }] }),
    ).toBeUndefined();
    const bytes = await renderPact({ ...pact, title: text, sections: [{ heading: "Lettere", text }] });
    const lines = (await linesOf(bytes)).filter((line) => !line.startsWith("Versione 1 ·"));
    expect(lines.slice(1, lines.indexOf("Versione 1")).join(" ").split(" ")).toEqual(written);
    expect(
      lines
        .slice(lines.indexOf("Lettere") + 1, lines.indexOf(pact.page.words))
        .join(" ")
        .split(" "),
    ).toEqual(written);
  });

  it("leads to the pact's page, in words and as a QR code that has the words too", async () => {
    const bytes = await renderPact(pact);
    expect(await linesOf(bytes)).toContain(pact.page.address);
    const document = await getDocumentProxy(new Uint8Array(bytes));
    const tree = await (await document.getPage(1)).getStructTree();
    const alternative = `${pact.page.words}: ${pact.page.address}`;
    expect(JSON.stringify(tree)).toMatch(
      new RegExp(
        `"role":"Figure","children":\\[\\{"type":"content","id":"\\w+"\\}\\],"alt":"${alternative}"`,
      ),
    );
  });

  it("embeds of its fonts only what it uses", async () => {
    expect((await renderPact(pact)).length).toBeLessThan(60_000);
  });

  it("leaves out what prints nothing", async () => {
    const text = "so\u00adla zero\u200bspazio ✓\ufe0f \u202eal contrario";
    const lines = await linesOf(await renderPact({ ...pact, sections: [{ heading: "Azioni", text }] }));
    expect(lines).toContain("sola zerospazio ✓ al contrario");
  });
});

describe("unprintablePart", () => {
  it.each([
    ["漢字", "漢 字"],
    ["Via verde 🌳 e 🌳", "🌳"],
    ["عربي", "ع ر ب ي"],
    ["नम", "न म"],
    ["Fiore\u0007 S.r.l.", "U+0007"],
  ])("names the part and what in it cannot be printed: %s", async (text, characters) => {
    const found = await unprintablePart({ ...pact, sections: [{ heading: "Azioni", text }] });
    expect(found).toEqual({ part: "Azioni", characters: characters.split(" ") });
    const stuck = renderPact({ ...pact, sections: [{ heading: "Azioni", text }] });
    await expect(stuck).rejects.toThrow("no font has");
  });

  it("looks at names, title and footer too", async () => {
    const parties = { heading: "Le parti", names: ["Comune di prova", "漢"] };
    expect(await unprintablePart({ ...pact, parties })).toMatchObject({ part: "Le parti" });
    expect(await unprintablePart({ ...pact, footer: "漢" })).toMatchObject({ part: pact.title });
    expect(await unprintablePart({ ...pact, sections: [{ heading: "漢", text: "x" }] })).toBeDefined();
    expect(await unprintablePart(pact)).toBeUndefined();
  });
});

/** The lines of a PDF as a reader copies them, without asking for what the writer says is there. */
async function linesOf(bytes: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const lines: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: true });
    let line = "";
    for (const item of items) {
      if (!("str" in item)) continue;
      line += item.str;
      if (!item.hasEOL) continue;
      lines.push(line);
      line = "";
    }
    if (line) lines.push(line);
  }
  return lines;
}
