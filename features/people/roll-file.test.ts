import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";
import { trialPeople } from "@/prisma/seed/trial-people";
import { readRoll, rollText } from "./roll-file";

const numbers = trialPeople.map(({ fiscalNumber }) => fiscalNumber);
const someNumber = fc.constantFrom(...numbers);

describe("a fiscal number", () => {
  it("is right with its own check letter", () => {
    expect(isFiscalNumber("RSSMRA85T10A562S")).toBe(true);
    expect(isFiscalNumber("MRTMTT91D08F205J")).toBe(true);
    // The first one's last digit given as a letter, because another person has the same number.
    expect(isFiscalNumber("RSSMRA85T10A56NH")).toBe(true);
    for (const number of numbers) expect(isFiscalNumber(number), number).toBe(true);
  });

  it("is wrong with any other check letter", () => {
    fc.assert(
      fc.property(someNumber, fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"), (number, letter) => {
        expect(isFiscalNumber(number.slice(0, 15) + letter)).toBe(letter === number[15]);
      }),
    );
  });

  it("is wrong where one digit is another one", () => {
    fc.assert(
      fc.property(
        someNumber,
        fc.constantFrom(6, 7, 9, 10),
        fc.integer({ min: 0, max: 9 }),
        (number, at, digit) => {
          const changed = number.slice(0, at) + String(digit) + number.slice(at + 1);
          expect(isFiscalNumber(changed)).toBe(changed === number);
        },
      ),
    );
  });

  it("has no month of its own making, no eleven digits, no other length", () => {
    for (const value of ["RSSMRA85F10A562S", "01234567890", "", "RSSMRA85T10A562", "RSSMRA85T10A562SS"])
      expect(isFiscalNumber(value)).toBe(false);
  });

  it("is compared without spaces and in capitals", () => {
    expect(normalFiscalNumber(" rssmra 85t10 a562s\t")).toBe("RSSMRA85T10A562S");
  });
});

describe("a voters' roll", () => {
  const [first, second, third] = numbers as [string, string, string];

  it("is read from the first column, whatever separates it, with or without a heading", () => {
    const text = `\uFEFFcodice_fiscale;cognome\r\n${first};Rossi\r\n"${second}",x\r\n\r\n${third.toLowerCase()}\ty\r\n`;
    expect(readRoll(text)).toEqual({ fiscalNumbers: [first, second, third], read: 3, wrong: [] });
    expect(readRoll(`${first}\n${second}`).fiscalNumbers).toEqual([first, second]);
  });

  it("has each person once and counts the lines", () => {
    expect(readRoll(`${first}\n${second}\n${first}\n`)).toEqual({
      ...{ fiscalNumbers: [first, second], read: 3, wrong: [] },
    });
  });

  it("names the wrong lines by their number in the file, and nothing of what they say", () => {
    const wrongLetter = first.slice(0, 15) + (first[15] === "A" ? "B" : "A");
    const text = `cf\n${second}\n${wrongLetter}\n\nname surname\n;${third}\n`;
    expect(readRoll(text)).toEqual({ fiscalNumbers: [second], read: 4, wrong: [3, 5, 6] });
  });

  it("takes provisional codes of eleven digits whose last one is right", () => {
    expect(readRoll(`codice_fiscale\r\n${first}\r\n12345678903\r\n`)).toEqual({
      ...{ fiscalNumbers: [first, "12345678903"], read: 2, wrong: [] },
    });
    expect(readRoll(`${first}\n12345678904\n00000000000\n`).wrong).toEqual([2, 3]);
  });

  it("passes over a title and the line that names the separator", () => {
    for (const head of [
      "sep=;",
      "Elenco elettori 2026",
      "sep=;\nElenco degli aventi diritto al 31/10/2026\n",
    ])
      expect(readRoll(`${head}\nCodice fiscale;Cognome\n${first};Rossi\n`)).toEqual({
        ...{ fiscalNumbers: [first], read: 1, wrong: [] },
      });
  });

  it("passes over words at the beginning only", () => {
    expect(readRoll(`${first}\nElenco elettori 2026\n${second}\n`).wrong).toEqual([2]);
    expect(readRoll(`${"Elenco\n".repeat(6)}${first}\n`).wrong).toEqual([6]);
  });

  it("is read from the column that the heading names, or that the first code is in", () => {
    expect(readRoll(`Cognome;Codice fiscale\nRossi;${first}\nVerdi;\n`)).toEqual({
      ...{ fiscalNumbers: [first], read: 2, wrong: [3] },
    });
    expect(readRoll(`Rossi;${first}\n${second};Verdi\n`)).toEqual({
      ...{ fiscalNumbers: [first], read: 2, wrong: [2] },
    });
  });

  it("has quotes around what holds a separator", () => {
    const text = `"Cognome","Codice fiscale"\r\n"Rossi, Mario; jr","${first}"\r\n"O""Neill",${second}\r\n`;
    expect(readRoll(text)).toEqual({ fiscalNumbers: [first, second], read: 2, wrong: [] });
  });

  it("is read in the encodings of spreadsheets", () => {
    const text = `Codice fiscale\tCognome\r\n${first}\tAgliè\r\n${second}\tNicolò\r\n`;
    const wide = Buffer.from(`\uFEFF${text}`, "utf16le");
    for (const bytes of [
      wide,
      Buffer.from(wide).swap16(),
      Buffer.from(text, "utf8"),
      Buffer.from(text, "latin1"),
    ]) {
      expect(rollText(bytes).replace("\uFEFF", "")).toBe(text);
      expect(readRoll(rollText(bytes))).toEqual({ fiscalNumbers: [first, second], read: 2, wrong: [] });
    }
  });

  it("may be empty", () => {
    expect(readRoll("")).toEqual({ fiscalNumbers: [], read: 0, wrong: [] });
    expect(readRoll("\r\n;;\r\n")).toEqual({ fiscalNumbers: [], read: 0, wrong: [] });
  });

  it("does not take a mistyped number of the first line for a heading", () => {
    expect(readRoll(`${first.slice(0, 14)}\n${second}`).wrong).toEqual([1]);
    expect(readRoll("ABCDEFGHIJKLMNOP\n").wrong).toEqual([1]);
  });

  it("reads back every list of right numbers", () => {
    fc.assert(
      fc.property(fc.array(someNumber), fc.constantFrom("\n", "\r\n"), (list, end) => {
        const { fiscalNumbers, read, wrong } = readRoll(list.join(end));
        expect(fiscalNumbers).toEqual([...new Set(list)]);
        expect({ read, wrong }).toEqual({ read: list.length, wrong: [] });
      }),
    );
  });
});
