import { graphemes } from "@/lib/graphemes";
import { withoutInvisible } from "@/lib/invisible";

/** Characters that no name has. */
const unnamed = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

const MOST_NAME = 120;

/**
 * A file's name as it may be shown and sent back: NFC, no folders, nothing that misleads about what is read, at most
 * 120 UTF-16 units of which none is half a character. A name that is only an ending gets one to stand before it.
 */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? "";
  const clean = withoutInvisible(last.replace(unnamed, "")).normalize("NFC").trim();
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
