import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Label } from "@/chaincode/src/protocol/primitives";
import { oneLine } from "./text-field";

describe("a text of one line", () => {
  it("that a form takes, the ledger takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 220 }), (typed) => {
        const taken = oneLine(200).safeParse(typed);
        expect(taken.success).toBe(Label.safeParse(typed).success);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["  ", "required"],
    ["a\tb", "character_not_taken"],
    ["a\nb", "character_not_taken"],
    ["a\u0000b", "character_not_taken"],
    ["\ud83c", "character_not_taken"],
    ["a".repeat(201), "too_long"],
  ])("«%j» is refused: %s", (typed, message) => {
    expect(oneLine(200).safeParse(typed)).toMatchObject({ error: { issues: [{ message }] } });
  });

  it.each(["Fondo per i beni comuni", "è «giusto» 🌳", "שלום", "  1234/2026 "])("«%s» is taken", (typed) => {
    expect(oneLine(200).parse(typed)).toBe(typed.trim());
  });
});
