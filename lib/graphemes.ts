const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The characters of a text as people count them: a letter with its marks is one, an emoji of several parts too. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
