import fc from "fast-check";
import { expect, test } from "vitest";
import { DESK_CODE, deskCode, deskCodeText, readDeskCode } from "./desk-code";
import { bytes } from "./testing/trial-round";

const codes = fc.uint8Array({ minLength: DESK_CODE, maxLength: DESK_CODE });

test("a code is read as it was written, also in small letters and with what looks alike", () => {
  fc.assert(
    fc.property(codes, (code) => {
      const text = deskCodeText(code);
      expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
      for (const typed of [text, text.toLowerCase(), text.replaceAll("-", " "), text.replaceAll("0", "o")])
        expect(readDeskCode(typed)).toEqual(code);
      expect(readDeskCode(text.replaceAll("1", "l"))).toEqual(code);
    }),
  );
});

test("one wrong letter is noticed nearly always, and never gives the same code", () => {
  let unnoticed = 0;
  const code = deskCode(bytes("freeze"), bytes("key"));
  const text = deskCodeText(code);
  const places = [...text].flatMap((letter, at) => (letter === "-" ? [] : [at]));
  for (const at of places)
    for (const letter of "0123456789ABCDEFGHJKMNPQRSTVWXYZ") {
      if (letter === text[at]) continue;
      const read = readDeskCode(text.slice(0, at) + letter + text.slice(at + 1));
      expect(read).not.toEqual(code);
      if (read) unnoticed += 1;
    }
  expect(unnoticed).toBeLessThan((places.length * 31) / 16);
});

test.each(["", "ABCDE", "U".repeat(25), "A".repeat(26), "!".repeat(25)])("«%s» is no code", (typed) => {
  expect(readDeskCode(typed)).toBeUndefined();
});

test("another key and another round have other codes", () => {
  const code = (round: string, key: string) => deskCodeText(deskCode(bytes(round), bytes(key)));
  const all = [code("freeze", "key"), code("freeze", "another"), code("another", "key")];
  expect(new Set(all).size).toBe(3);
});
