import { describe, expect, test } from "vitest";
import { decodeRoll, encodeRoll, personOf, type RollPlace, rollRoot } from "./roll";

const place = (area: string, n: number): RollPlace => ({
  area,
  fiscalHash: n.toString(16).padStart(64, "0"),
  salt: (1000 + n).toString(16).padStart(64, "a"),
});
const places = [place("1", 1), place("2", 2), place("1", 3)];

describe("the roll", () => {
  test("is read as it was written", () => {
    expect(decodeRoll(encodeRoll(places))).toEqual(places);
    expect(decodeRoll(encodeRoll([]))).toEqual([]);
  });

  test("is refused in another form, cut short, or with somebody twice", () => {
    const text = encodeRoll(places);
    for (const wrong of [
      text.slice(1),
      text.slice(0, -1),
      text.slice(0, -9),
      `${text}\n`,
      text.toUpperCase(),
    ])
      expect(() => decodeRoll(wrong)).toThrow(expect.objectContaining({ code: "malformed" }));
    expect(() => decodeRoll(encodeRoll([...places, place("2", 1)]))).toThrow("somebody again");
  });

  test("has one root for the same people in any order, and another for others", () => {
    const people = places.map((one) => personOf("round", one));
    expect(rollRoot(people)).toBe(rollRoot([...people].reverse()));
    expect(rollRoot(people)).not.toBe(rollRoot(people.slice(1)));
  });

  test("calls the same person something else in another round and under another salt", () => {
    const one = place("1", 1);
    const names = [personOf("a", one), personOf("b", one), personOf("a", { ...one, salt: "0".repeat(64) })];
    expect(new Set(names.map(String)).size).toBe(3);
  });
});
