/** What can be searched for, and how a text is compared. Pure: no I/O. */

/** What stands in tables of its own. */
export const recordKinds = [
  "commons",
  "proposal",
  "call",
  "round",
  "pact",
  "house",
  "meeting",
  "document",
] as const;
export type RecordKind = (typeof recordKinds)[number];
/** Then what lately happened, told from the ledger, and the pages that explain. */
export const kinds = [...recordKinds, "news", "help"] as const;
export type Kind = (typeof kinds)[number];

/** Longest text that is searched for, signs. */
export const LONGEST = 100;
/** Results of one page. */
export const PAGE = 20;
/** Pages that can be asked for: whoever has not found it by then searches with other words. */
export const MOST_PAGES = 50;
/** How alike a word must be to one that was misspelt: a share of their parts of three letters. */
export const ALIKE = 0.5;
/** Letters and digits that a misspelt text has at least: fewer are alike to anything. */
export const LEAST_ALIKE = 4;

/** Letters and digits alone, without accents and capitals: as `compact_text` of the database makes it. */
export function compact(text: string): string {
  return plain(text).replace(/[^a-z0-9]+/g, "");
}

/** Without accents and capitals. */
export function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** A text with the marks that the database put around what was found. */
export type Marked = readonly { text: string; found: boolean }[];

/** Around what was found: signs of private use, which no font shows. One that somebody has written is left out. */
export const MARK_START = "\uE000";
export const MARK_END = "\uE001";

export function marked(text: string): Marked {
  return text
    .split(/(\uE000[^\uE001]*\uE001)/)
    .filter((part) => part !== "")
    .map((part) =>
      part.startsWith(MARK_START)
        ? { text: part.slice(1, -1), found: true }
        : { text: part.replace(/[\uE000\uE001]/g, ""), found: false },
    );
}
