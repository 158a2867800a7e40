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

  it.each([
    "Elenco 2026 residenti",
    "Comune di Torino – Sezione n. 12, via Po 3",
    "Torino, lì 01/12/2026\n\nResidenti ≥ 16 anni al 30.11.2026",
    "2026\n01/12/2026\n----",
    `Codici fiscali di chi è iscritto nelle liste\n${"Riga di titolo\n".repeat(6)}\nCodice fiscale`,
    "N°;Codice Fiscale*;Nato il",
    "#;COD_FISC_1",
    "Progr.|C.F.|Nome",
  ])("passes over what an office writes above it: %j", (head) => {
    const [column, separator] = /[;|]/.test(head) ? ["1", head.includes("|") ? "|" : ";"] : ["", ""];
    const lines = [first, second].map((code) => `${column}${separator}${code}${separator}x`);
    const text = [head, ...(column ? lines : [first, second])].join("\n");
    expect(readRoll(text)).toEqual({ fiscalNumbers: [first, second], read: 2, wrong: [] });
  });

  it("passes over names of columns that each page repeats, and a total", () => {
    const text = `N.;Codice fiscale\n1;${first}\n\fN.;Codice fiscale\n2;${second}\nTotale;2\n`;
    expect(readRoll(text)).toEqual({ fiscalNumbers: [first, second], read: 2, wrong: [] });
    expect(readRoll(`${first}\nTotale iscritti: 1.234\n`).wrong).toEqual([]);
    expect(readRoll(`Cognome;Codice fiscale\nTotale;${second.slice(1)}\nTotti;\n`).wrong).toEqual([2, 3]);
  });

  it("takes no line of a person for a title, where the code is missing or mistyped", () => {
    for (const line of [`1;;Rossi`, `1;${first.slice(1)};Rossi`, "514490010", "12345678904", "1234567890123"])
      expect(readRoll(`${line}\n2;${second};Verdi`).wrong).toContain(1);
    expect(readRoll(`${first.slice(0, 12)};x\nCodice fiscale;Nome\n${second};Verdi`).wrong).toEqual([1, 2]);
  });

  it("takes codes that a spreadsheet was kept from changing", () => {
    expect(readRoll(`'${first}\n="${second}"\n’${third}`)).toEqual({
      ...{ fiscalNumbers: [first, second, third], read: 3, wrong: [] },
    });
  });

  it("has breaks within quotes, and numbers its lines as they stand in the file", () => {
    const text = `Via;Codice fiscale\r\n"Via Po 1\r\nscala A";${first}\r\nx;y\r\n`;
    expect(readRoll(text)).toEqual({ fiscalNumbers: [first], read: 2, wrong: [4] });
    expect(readRoll(`a "b;${first}\n${`c;${second}\n`.repeat(7)}`)).toEqual({
      ...{ fiscalNumbers: [first, second], read: 8, wrong: [] },
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
      expect(rollText(bytes)?.replace("\uFEFF", "")).toBe(text);
      expect(readRoll(rollText(bytes) ?? "")).toEqual({
        ...{ fiscalNumbers: [first, second], read: 2, wrong: [] },
      });
    }
    const unmarked = wide.subarray(2);
    for (const bytes of [unmarked, Buffer.from(unmarked).swap16()]) expect(rollText(bytes)).toBe(text);
    expect(rollText(Buffer.from(`${text}\u001a`))).toBe(text);
  });

  it.each([
    ["a workbook of Excel or a spreadsheet of LibreOffice", "504b03041400000008000000"],
    ["a workbook of Excel 97", "d0cf11e0a1b11ae1000000"],
    ["a PDF", Buffer.from("%PDF-1.7\n").toString("hex")],
  ])("is said to be no text where it is %s", (_, hex) => {
    expect(rollText(Buffer.from(hex, "hex"))).toBeUndefined();
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
