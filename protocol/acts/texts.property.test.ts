import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../canonical-json";
import { fromBase64url, toBase64url } from "./base64url";
import { Base64url } from "./base64url-schema";
import { isSameOrigin, Origin } from "./origins";
import { readSignedAct, type SignedAct, signedActText } from "./signed-act";
import { parseUniqueJson } from "./unique-members";

const honest: SignedAct = {
  founding: "0".repeat(32),
  channel: "cocity",
  transaction: "documents:record",
  municipality: "001272",
  person: "irene-officer",
  role: "responsible_officer",
  input: { id: "document-1" },
  seen: {},
  expiresOn: "2026-01-03",
};

const json = fc.jsonValue({ maxDepth: 4 });
const refused = (text: string) => () => readSignedAct(text);

test("bytes have one text in base64url, and no other text stands for them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
      const text = toBase64url(bytes);
      expect(Base64url(60).safeParse(text).success).toBe(true);
      expect(fromBase64url(text)).toEqual(bytes);
      const others = [...text].map(
        (_, at) => `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`,
      );
      for (const other of others)
        if (Base64url(60).safeParse(other).success) expect(fromBase64url(other)).not.toEqual(bytes);
    }),
  );
});

test("a text is base64url exactly where Node writes its bytes so", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,9}$/), (text) => {
      const again = Buffer.from(text, "base64url").toString("base64url");
      expect(Base64url(60).safeParse(text).success).toBe(again === text);
    }),
    { numRuns: 1000 },
  );
});

test("JSON that names no member twice is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      expect(parseUniqueJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test("a member named twice is found wherever it stands and however it is written", () => {
  fc.assert(
    fc.property(json, fc.string(), json, json, (around, name, one, other) => {
      const plain = JSON.stringify(name);
      const escaped = `"${[...name].map((unit) => escapes(unit)).join("")}"`;
      const twice = `{${plain}:${JSON.stringify(one)},${escaped}:${JSON.stringify(other)}}`;
      expect(parseUniqueJson(`[${JSON.stringify(around)},${twice}]`)).toBeUndefined();
    }),
  );
});

test("an act is read back from its own text and from no other", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), json), fc.nat(), (input, seed) => {
      fc.pre(isCanonical(input));
      const text = signedActText({ ...honest, input: JSON.parse(JSON.stringify(input)) });
      expect(signedActText(readSignedAct(text))).toBe(text);
      const at = seed % (text.length + 1);
      const spaced = `${text.slice(0, at)} ${text.slice(at)}`;
      // A space within a text is another text; everywhere else it makes the act no act.
      if (JSON.stringify(tryJson(spaced)) === JSON.stringify(JSON.parse(text)))
        expect(refused(spaced)).toThrow("act_malformed");
    }),
  );
});

test("only a trial ignores the port of an origin", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
      const said = `https://comune.example:${port}`;
      if (!Origin.safeParse(said).success) return;
      expect(isSameOrigin("https://comune.example", said, true)).toBe(true);
      expect(isSameOrigin("https://comune.example", said, false)).toBe(false);
      expect(isSameOrigin("https://comune.example", `https://evil.example:${port}`, true)).toBe(false);
    }),
  );
});

function escapes(text: string): string {
  return text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

function isCanonical(value: unknown): boolean {
  try {
    canonicalJson(value);
    return true;
  } catch {
    return false;
  }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
