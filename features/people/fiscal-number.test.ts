import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";
import { trialPeople } from "@/scripts/trial-people";
import { readRoll } from "./fiscal-number";

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
