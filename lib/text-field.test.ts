import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Label } from "@/protocol/primitives";
import { longText, normalLine, normalText, oneLine, searchText } from "./text-field";

describe("a text of one line", () => {
  it("that a form takes, the ledger takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 220 }), (typed) => {
        const taken = oneLine(200).safeParse(typed);
        expect(taken.success).toBe(Label.safeParse(normalLine(typed)).success);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["  ", "required"],
    ["\u200b\u00ad", "required"],
    // Fillers, joiners, a blank of braille and tags look like nothing.
    ["\u3164", "required"],
    ["\u200d \u2800\ufe0f", "required"],
    ["\u{e0041}\u{e0042}", "required"],
    ["Fiore\u0007 S.r.l.", "character_not_taken"],
    ["a\u0000b", "character_not_taken"],
    ["\ud83c", "character_not_taken"],
    ["a".repeat(201), "too_long"],
  ])("«%j» is refused: %s", (typed, message) => {
    expect(oneLine(200).safeParse(typed)).toMatchObject({ error: { issues: [{ message }] } });
  });

  it.each(["Fondo per i beni comuni", "è «giusto» 🌳", "שלום", "  1234/2026 "])("«%s» is taken", (typed) => {
    expect(oneLine(200).parse(typed)).toBe(typed.trim());
  });

  it.each([
    ["Aglie\u0300", "Agliè"],
    ["Torrazza  Piemonte", "Torrazza Piemonte"],
    ["a\tb\nc\u00a0d", "a b c d"],
    // What is marked to be shown backwards reads as it was stored.
    ["conto \u202E5102\u202C", "conto 5102"],
    ["giar\u00addino\u200b", "giardino"],
    ["Orto\u{e0069}\u{e0074} di\u3164 via", "Orto di via"],
    // Wales's flag is spelt with tags.
    [
      "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
      "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
    ],
  ])("%j is kept as «%s»", (typed, kept) => {
    expect(oneLine(200).parse(typed)).toBe(kept);
    expect(searchText(200).parse(typed)).toBe(kept);
  });
});

describe("a text of several lines", () => {
  it("keeps its lines and what scripts need, and nothing invisible", () => {
    expect(longText(200).parse("  uno\r\n\r\ndue\t\u202Etre\u202C \r\n")).toBe("uno\n\ndue\ttre");
    const joined = "👩\u200d🌾 می\u200cخواهم";
    expect(longText(200).parse(joined)).toBe(joined);
  });

  it("is counted as the field that counts it does, whatever ends its lines", () => {
    expect(longText(3).safeParse("a\r\nb").success).toBe(true);
  });

  it.each(["a\u0007b", "a\u0000b", "a\u009bb", "\ud83c"])("%j is refused", (typed) => {
    expect(longText(200).safeParse(typed)).toMatchObject({
      error: { issues: [{ message: "character_not_taken" }] },
    });
  });
});

it("keeps flags and leaves out what tags spell elsewhere, also where a text is nothing but tags", () => {
  const tags = (word: string) =>
    [...word].map((one) => String.fromCodePoint(0xe0000 + (one.codePointAt(0) ?? 0))).join("");
  const scotland = `\u{1F3F4}${tags("gbsct")}\u{E007F}`;
  expect(normalText(`Da ${scotland}${tags("nascosto")} qui`)).toBe(`Da ${scotland} qui`);
  expect(normalText(`\u{1F3F4}${tags("un testo lungo")}\u{E007F}`)).toBe("\u{1F3F4}");
  // Read once from its beginning to its end: by looking back at each it would take minutes.
  expect(normalText(`a${tags("a").repeat(500_000)}`)).toBe("a");
});

it("what has been made normal stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (typed) => {
      expect(normalText(normalText(typed))).toBe(normalText(typed));
      expect(normalLine(normalLine(typed))).toBe(normalLine(typed));
    }),
    { numRuns: 2000 },
  );
});
