import { graphemes } from "@/lib/graphemes";

/** Where a line may end: not at the spaces that keep together what stands beside them. */
const breaks = /[\t\n\v\f\r \u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/;

/**
 * Breaks a paragraph into lines no wider than `width` points; a word that is wider alone is cut. Words are measured
 * one by one and remembered: a font lays out a word a hundred times slower than a map finds it.
 */
export function wrap(
  text: string,
  font: { widthOfTextAtSize(text: string, size: number): number },
  size: number,
  width: number,
): string[] {
  const measured = new Map<string, number>();
  const widthOf = (part: string): number => {
    const known = measured.get(part) ?? font.widthOfTextAtSize(part, size);
    measured.set(part, known);
    return known;
  };
  const space = widthOf(" ");
  const lines: string[] = [];
  let line: string[] = [];
  let taken = 0;
  const turn = () => {
    if (line.length > 0) lines.push(line.join(" "));
    line = [];
    taken = 0;
  };
  for (let word of text.split(breaks).filter(Boolean)) {
    while (widthOf(word) > width) {
      turn();
      const characters = graphemes(word);
      let fits = characters.length - 1;
      while (fits > 1 && widthOf(characters.slice(0, fits).join("")) > width) fits -= 1;
      if (fits < 1) break;
      lines.push(characters.slice(0, fits).join(""));
      word = characters.slice(fits).join("");
    }
    const wanted = widthOf(word) + (line.length > 0 ? space : 0);
    if (taken + wanted > width) turn();
    taken += line.length > 0 ? wanted : widthOf(word);
    line.push(word);
  }
  turn();
  return lines;
}
