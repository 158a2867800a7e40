import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fiscalCodeIfAny } from "./fiscal-code-field";
import { isElevenDigitCode } from "./fiscal-number";

const read = (typed: string) => {
  const { data, error } = fiscalCodeIfAny.safeParse(typed);
  return error?.issues[0]?.message ?? data;
};

describe("a fiscal code", () => {
  it.each([
    ["RSSMRA85T10A562S", "RSSMRA85T10A562S"],
    [" rssmra 85t10 a562s ", "RSSMRA85T10A562S"],
    // Its last digit given as a letter (omocodia).
    ["RSSMRA85T10A56NH", "RSSMRA85T10A56NH"],
    ["12345678903", "12345678903"],
    ["00514490010", "00514490010"],
    ["", null],
    ["   ", null],
  ])("«%s» is taken", (typed, kept) => {
    expect(read(typed)).toBe(kept);
  });

  it.each([
    ["RSSMRA85T10A562X", "fiscal_number_wrong"],
    ["RSSMRA85T10A56NS", "fiscal_number_wrong"],
    ["12345678901", "vat_number_wrong"],
    ["00000000000", "vat_number_wrong"],
    ["1234567890", "fiscal_code_invalid"],
    ["RSSMRA85T10A562", "fiscal_code_invalid"],
    ["RSSMRA85T10A562\u0007", "fiscal_code_invalid"],
  ])("«%s» is refused: %s", (typed, code) => {
    expect(read(typed)).toBe(code);
  });
});

it("of eleven digits, one in ten has the right check digit, and one wrong digit is noticed", () => {
  const tenDigits = fc.stringMatching(/^[1-9]\d{9}$/);
  fc.assert(
    fc.property(tenDigits, fc.nat(9), fc.integer({ min: 1, max: 9 }), (start, at, by) => {
      const right = [...Array(10).keys()].filter((digit) => isElevenDigitCode(`${start}${digit}`));
      expect(right).toHaveLength(1);
      const changed = [...start].map((digit, index) => (index === at ? (Number(digit) + by) % 10 : digit));
      expect(isElevenDigitCode(`${changed.join("")}${right[0]}`)).toBe(false);
    }),
  );
});
