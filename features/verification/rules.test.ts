import { describe, expect, it } from "vitest";
import { codesIn, isFileMember, memberHolding } from "./rules";

const a = "a".repeat(64);
const b = "0123456789abcdef".repeat(4);

describe("codesIn", () => {
  it("finds the codes of a receipt among its words, each once", () => {
    expect(codesIn(`Chiave: ${a}\nTransazione ${b.toUpperCase()}; ancora ${a}`)).toEqual([a, b]);
  });

  it.each(["", "abc", "a".repeat(63), "a".repeat(65), `${"a".repeat(64)}0`, "g".repeat(64)])(
    "finds none in %s",
    (text) => {
      expect(codesIn(text)).toEqual([]);
    },
  );
});

describe("memberHolding", () => {
  it("names the member that holds a digest, through lists and objects", () => {
    expect(memberHolding({ attachments: [b, a] }, a)).toBe("attachments");
    expect(memberHolding({ districtAct: { kind: "delibera", file: a } }, a)).toBe("file");
    expect(memberHolding({ digest: b, act: { file: b } }, a)).toBeUndefined();
  });
});

describe("isFileMember", () => {
  it("tells files from salted texts", () => {
    expect(isFileMember("evidence")).toBe(true);
    expect(isFileMember("reasonDigest")).toBe(false);
    expect(isFileMember(undefined)).toBe(false);
  });
});
