import { parse } from "content-disposition";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachmentHeader } from "./attachment-header";

/** The name a browser saves under: the extended parameter where there is one (RFC 6266, section 4.3). */
function savedName(header: string): string {
  const extended = /filename\*=UTF-8''([^;]*)/.exec(header)?.[1];
  return extended === undefined
    ? (parse(header).parameters.filename as string)
    : decodeURIComponent(extended);
}

describe("attachmentHeader", () => {
  it.each([
    "L'orto è (1).pdf",
    "stella*è.pdf",
    "D'Aosta & «orti» (copia) [1] #2 100%.pdf",
    'detto "il prato".pdf',
    "Agliè – più verde.pdf",
    "عربي مستند.pdf",
    "👩‍👩‍👧 orto.pdf",
    "50%41.pdf",
    "piano.pdf",
  ])("gives back %s under its own name", (name) => {
    expect(savedName(attachmentHeader(name))).toBe(name);
  });

  it("percent-encodes in filename* what RFC 8187 does not allow there", () => {
    const extended = /filename\*=UTF-8''(.*)$/.exec(attachmentHeader("L'orto è (1)*.pdf"))?.[1];
    expect(extended).toBe("L%27orto%20%C3%A8%20%281%29%2A.pdf");
  });

  it("gives the oldest clients a name in ASCII", () => {
    expect(attachmentHeader("Agliè – più verde.pdf")).toContain('filename="Aglie _ piu verde.pdf"');
    expect(attachmentHeader('più "verde" 100%; a\\b.pdf')).toContain('filename="piu _verde_ 100__ a_b.pdf"');
  });

  it("stays one header of visible ASCII whose name comes back, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (name) => {
        const header = attachmentHeader(name);
        expect(header).toMatch(/^[\x20-\x7e]*$/);
        const extended = /filename\*=UTF-8''([^;]*)$/.exec(header)?.[1];
        if (extended !== undefined) expect(extended).toMatch(/^(?:[\w!#$&+.^`|~-]|%[0-9A-F]{2})*$/);
        expect(savedName(header)).toBe(name.toWellFormed());
      }),
    );
  });
});
