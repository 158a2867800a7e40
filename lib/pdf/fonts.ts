/**
 * The letters of every PDF: Noto Sans for Latin, Greek and Cyrillic with all their marks (DIN 91379, Vietnamese),
 * DejaVu Sans for the signs it lacks (arrows, mathematics, ticks).
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { create, type Font } from "fontkit";
import { graphemes } from "@/lib/graphemes";

export type Weight = "regular" | "bold";
export type Family = "letters" | "signs";

/** A stretch of text that one font has all shapes for. */
export type Run = { family: Family; text: string };

const packages = (...path: string[]) => join(process.cwd(), "node_modules", ...path);
const files: Record<Family, Record<Weight, string>> = {
  letters: {
    regular: packages("@expo-google-fonts", "noto-sans", "400Regular", "NotoSans_400Regular.ttf"),
    bold: packages("@expo-google-fonts", "noto-sans", "700Bold", "NotoSans_700Bold.ttf"),
  },
  signs: {
    regular: packages("dejavu-fonts-ttf", "ttf", "DejaVuSans.ttf"),
    bold: packages("dejavu-fonts-ttf", "ttf", "DejaVuSans-Bold.ttf"),
  },
};

export class FontSet {
  /** Characters that a family has in both weights. */
  readonly #known: ReadonlyMap<Family, ReadonlySet<number>>;

  private constructor(readonly sources: Record<Family, Record<Weight, Buffer>>) {
    this.#known = new Map(
      families.map((family) => {
        const { regular, bold } = sources[family];
        const inBold = charactersOf(bold);
        return [family, new Set([...charactersOf(regular)].filter((code) => inBold.has(code)))];
      }),
    );
  }

  static #loaded: Promise<FontSet> | undefined;

  static async load(): Promise<FontSet> {
    FontSet.#loaded ??= FontSet.#read();
    return FontSet.#loaded;
  }

  static async #read(): Promise<FontSet> {
    const source = async (family: Family) => ({
      regular: withoutSubstitutions(await readFile(files[family].regular)),
      bold: withoutSubstitutions(await readFile(files[family].bold)),
    });
    return new FontSet({ letters: await source("letters"), signs: await source("signs") });
  }

  /** Splits a text as {@link asPrinted} gives it; what no font has is in `unprintable`, each character once. */
  runs(text: string): { runs: Run[]; unprintable: string[] } {
    const runs: Run[] = [];
    const unprintable = new Set<string>();
    for (const character of graphemes(text)) {
      const family = this.#familyOf(character);
      const last = runs.at(-1);
      if (!family) unprintable.add(character);
      else if (last?.family === family) last.text += character;
      else runs.push({ family, text: character });
    }
    return { runs, unprintable: [...unprintable] };
  }

  #familyOf(character: string): Family | undefined {
    const codes = Array.from(character, (char) => char.codePointAt(0) ?? 0);
    // Letters of other scripts need shaping and another direction: having their shapes is not enough.
    if (otherScript.test(character)) return undefined;
    return families.find((family) => codes.every((code) => this.#known.get(family)?.has(code)));
  }
}

const families = ["letters", "signs"] as const;

const otherScript =
  /(?=[\p{L}\p{M}])[^\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Common}\p{scx=Inherited}]/u;

/**
 * A font that draws one shape for each character, so that reading a file gives the characters back: without the table
 * by which letters are composed and joined into other shapes. Marks are set onto their letters by another table.
 */
function withoutSubstitutions(source: Buffer): Buffer {
  const tables = source.readUInt16BE(4);
  for (let entry = 12; entry < 12 + 16 * tables; entry += 16)
    if (source.toString("latin1", entry, entry + 4) === "GSUB") source.write("none", entry, "latin1");
  return source;
}

function charactersOf(source: Buffer): Set<number> {
  return new Set((create(source) as Font).characterSet);
}

/** A text as it is printed: NFC, without the characters that print nothing (soft hyphens, joiners, marks of direction). */
export function asPrinted(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, "").normalize("NFC");
}
