import { describe, expect, it } from "vitest";
import { compact, MARK_END, MARK_START, marked, plain } from "./rules";

describe("a text that is compared", () => {
  it("has no accents, capitals, spaces or apostrophes", () => {
    expect(compact("Piazza La Grange")).toBe(compact("piazza lagrange"));
    expect(compact("L’area dell'Agliè")).toBe("lareadellaglie");
    expect(plain("Città di AGLIÈ")).toBe("citta di aglie");
  });
});

describe("what was found", () => {
  it("is told apart from the words around it", () => {
    expect(marked(`il ${MARK_START}giardino${MARK_END} grande`)).toEqual([
      { text: "il ", found: false },
      { text: "giardino", found: true },
      { text: " grande", found: false },
    ]);
  });

  it("leaves no mark in what is shown, however the marks are cut", () => {
    for (const text of [`${MARK_START}mezzo`, `mezzo${MARK_END}`, `${MARK_START}${MARK_END}`])
      expect(
        marked(text)
          .map((part) => part.text)
          .join(""),
      ).not.toMatch(/[\uE000\uE001]/);
  });
});
