import { graphemes } from "@/lib/graphemes";

/** Characters that show nothing, or turn the reading of what follows: not those that join an emoji or a letter. */
const unseen =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const MOST_NAME = 120;

/**
 * A file's name as it may be shown and sent back: NFC, no folders, nothing that misleads about what is read, at most
 * 120 UTF-16 units of which none is half a character. A name that is only an ending gets one to stand before it.
 */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? "";
  const clean = last.replace(unseen, "").normalize("NFC").trim();
  if (clean.length <= MOST_NAME && !clean.startsWith(".")) return clean || "file";
  const dot = clean.lastIndexOf(".");
  const ending = dot >= 0 ? cut(clean.slice(dot), 10) : "";
  const stem = dot >= 0 ? clean.slice(0, dot).trimEnd() : clean;
  return (cut(stem, MOST_NAME - ending.length) || "file") + ending;
}

/** The first characters of a text, as people count them, that fit into `most` UTF-16 units. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = "";
  for (const character of graphemes(text)) {
    if (kept.length + character.length > most) break;
    kept += character;
  }
  return kept;
}
