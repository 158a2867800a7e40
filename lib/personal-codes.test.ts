import { expect, it } from "vitest";
import { holdsPersonalCode, withoutPersonalCodes } from "./personal-codes";

it.each([
  "RSSMRA85T10A562S",
  "rssmra85t10a562s",
  "RSSMRA85T1LA562U",
  "IT60X0542811101000000123456",
  "IT60 X054 2811 1010 0000 0123 456",
  "DE89370400440532013000",
])("finds %s, and leaves nothing of it", (code) => {
  expect(holdsPersonalCode(`a favore di ${code}, saldo`)).toBe(true);
  expect(withoutPersonalCodes(`a favore di ${code}, saldo`)).toBe("a favore di […], saldo");
});

it.each([
  "DD 123/2026",
  "97112230017",
  "C12H34567890123",
  "3f9a7c1e-0b2d-4c55-9d10-1234567890ab",
  "a".repeat(64),
  "IT12 lavori di restauro del cortile in corso",
])("leaves %s as it is", (text) => {
  expect(withoutPersonalCodes(text)).toBe(text);
});
