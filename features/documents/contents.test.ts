import { deflateSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { officeProblem } from "./office-contents";
import { pdfProblem } from "./pdf-contents";

function pdf({ objects = "", trailer = "" }: { objects?: string; trailer?: string } = {}): Buffer {
  return Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n${objects}trailer\n<< /Root 1 0 R ${trailer}>>\nstartxref\n9\n%%EOF\n`,
    "latin1",
  );
}

/** Objects packed into a stream, as every program since Acrobat 6 writes them. */
function packed(objects: string | Buffer, { lineEnd = "\n" } = {}): string {
  const bytes = deflateSync(objects).toString("latin1");
  return `5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream${lineEnd}${bytes}\nendstream\nendobj\n`;
}

const script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";

describe("pdfProblem", () => {
  it("takes a plain file, and one with metadata that is said not to be encrypted", async () => {
    expect(await pdfProblem(pdf())).toBeUndefined();
    expect(
      await pdfProblem(pdf({ objects: "4 0 obj\n<< /EncryptMetadata false >>\nendobj\n" })),
    ).toBeUndefined();
    expect(
      await pdfProblem(pdf({ objects: packed("4 0 << /Type /Annot /A << /S /URI >> >>") })),
    ).toBeUndefined();
  });

  it.each(["/Encrypt 7 0 R ", "/Encrypt << /Filter /Standard >> ", "/#45ncrypt\n7 0 R "])(
    "finds encryption: %s",
    async (trailer) => {
      expect(await pdfProblem(pdf({ trailer }))).toBe("file_protected");
    },
  );

  it.each([
    ["in the open", `4 0 obj\n${script}\nendobj\n`],
    ["under a name written by numbers", `4 0 obj\n<< /S /J#61vaS#63ript /JS (x) >>\nendobj\n`],
    ["packed", packed(`4 0 ${script}`)],
    ["packed, with the other end of line", packed(`4 0 ${script}`, { lineEnd: "\r\n" })],
    ["packed behind other objects", packed("4 0 << /Type /Font >>") + packed(`6 0 ${script}`)],
    ["a program that is started", "4 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n"],
  ])("finds what runs by itself: %s", async (_, objects) => {
    expect(await pdfProblem(pdf({ objects }))).toBe("file_with_program");
  });

  it("unfolds no more than a bound, however much is packed", async () => {
    const bomb = packed(Buffer.alloc(60_000_000, " "));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await pdfProblem(pdf({ objects: bomb }))).toBe("file_damaged");
    const many = packed(Buffer.alloc(7_000_000, " ")).repeat(8);
    expect(await pdfProblem(pdf({ objects: many }))).toBe("file_damaged");
    expect(await pdfProblem(pdf({ objects: packed("4 0 <<>>").repeat(6_000) }))).toBe("file_damaged");
  });

  it("ends on names that repeat without a stream", async () => {
    expect(await pdfProblem(pdf({ objects: "/ObjStm ".repeat(1_000_000) }))).toBeUndefined();
    expect(
      await pdfProblem(pdf({ objects: `${"/ObjStm ".repeat(1_000_000)}stream\nx\nendstream\n` })),
    ).toBeUndefined();
  });
});

describe("officeProblem", () => {
  const document = { "[Content_Types].xml": strToU8("<Types/>"), "word/document.xml": strToU8("<w/>") };

  it("takes a document, and finds macros of either kind", () => {
    expect(officeProblem(zipSync(document))).toBeUndefined();
    expect(officeProblem(zipSync({ ...document, "word/vbaProject.bin": strToU8("x") }))).toBe(
      "file_with_program",
    );
    const odt = {
      mimetype: strToU8("application/vnd.oasis.opendocument.text"),
      "content.xml": strToU8("<x/>"),
    };
    expect(officeProblem(zipSync({ ...odt, "Basic/Standard/Module1.xml": strToU8("x") }))).toBe(
      "file_with_program",
    );
  });

  it("finds a document that asks for a password", () => {
    const parts = '<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>';
    expect(officeProblem(zipSync({ "META-INF/manifest.xml": strToU8(parts) }))).toBe("file_protected");
  });

  it("unfolds no part but the list of parts, and that only where it is one", () => {
    const word = "encryption-data";
    expect(officeProblem(zipSync({ ...document, "word/other.xml": strToU8(word) }))).toBeUndefined();
    const endless = { "META-INF/manifest.xml": strToU8(word.padStart(1_000_001)) };
    expect(officeProblem(zipSync(endless))).toBeUndefined();
    const whole = { "META-INF/manifest.xml": strToU8(word.padStart(1_000_000)) };
    expect(officeProblem(zipSync(whole))).toBe("file_protected");
  });

  it("names an archive that is cut", () => {
    const whole = zipSync(document);
    expect(officeProblem(whole.subarray(0, whole.length - 30))).toBe("file_damaged");
  });
});
