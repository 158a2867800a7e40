import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graphemes } from "@/lib/graphemes";
import { wrap } from "./wrap";

describe("wrap", () => {
  const font = { widthOfTextAtSize: (text: string, size: number) => graphemes(text).length * size };

  it("keeps every character and never goes over the width", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(text, fc.integer({ min: 5, max: 40 }), (text, columns) => {
        const lines = wrap(text, font, 1, columns);
        expect(lines.every((line) => graphemes(line).length <= columns)).toBe(true);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });

  it("cuts a word between characters, not within one", () => {
    expect(wrap("k\u035fhk\u035fhk\u035fh", font, 1, 3)).toEqual(["k\u035fhk\u035f", "hk\u035fh"]);
  });

  it("keeps together what a space without break joins", () => {
    expect(wrap("entro il 3\u00a0dicembre", font, 1, 10)).toEqual(["entro il", "3\u00a0dicembre"]);
  });

  it("ends on a character that is wider than the line", () => {
    expect(wrap("MMM", { widthOfTextAtSize: (text) => text.length * 9 }, 1, 5).join("")).toBe("MMM");
  });
});
