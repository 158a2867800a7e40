import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeFileName } from "./file-name";

describe("safeFileName", () => {
  it("drops folders and control characters, and keeps the ending of a long name", () => {
    expect(safeFileName("C:\\Documenti\\piano.pdf")).toBe("piano.pdf");
    expect(safeFileName("../../etc/passwd")).toBe("passwd");
    expect(safeFileName("pia\u0000no\r\n.pdf")).toBe("piano.pdf");
    expect(safeFileName(`${"x".repeat(300)}.pdf`)).toMatch(/^x{116}\.pdf$/);
    expect(safeFileName("")).toBe("file");
    expect(safeFileName(".pdf")).toBe("file.pdf");
  });

  it("drops what turns the reading round, and keeps what joins letters and emoji", () => {
    expect(safeFileName("foto\u202egpj.pdf")).toBe("fotogpj.pdf");
    expect(safeFileName("\u2066a\u2069\u200f\ufeff.pdf")).toBe("a.pdf");
    expect(safeFileName("👩‍👩‍👧 orto.pdf")).toBe("👩‍👩‍👧 orto.pdf");
    expect(safeFileName("عربي مستند.pdf")).toBe("عربي مستند.pdf");
    expect(safeFileName("Aglie\u0300.pdf")).toBe("Agliè.pdf");
  });

  it("never cuts a character in half, nor goes over its length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (stem) => {
        const name = safeFileName(`${stem}.pdf`);
        expect(name.isWellFormed()).toBe(true);
        expect(name.length).toBeLessThanOrEqual(120);
        expect(safeFileName(name)).toBe(name);
        expect(() => encodeURIComponent(name)).not.toThrow();
      }),
    );
    expect(safeFileName(`${"👩‍👩‍👧".repeat(40)}.pdf`)).toBe(`${"👩‍👩‍👧".repeat(14)}.pdf`);
  });
});
