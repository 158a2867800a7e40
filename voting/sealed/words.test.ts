import * as fc from "fast-check";
import { expect, test } from "vitest";
import { seedOfWords, wordsOfSeed } from "./words";

const seeds = fc.uint8Array({ minLength: 16, maxLength: 16 });

test("twelve words give the seed back, however they are written", () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(" ", "\n", ", ", " · "), fc.boolean(), (seed, between, capitals) => {
      const words = wordsOfSeed(seed);
      expect(words).toHaveLength(12);
      const text = words.join(between);
      expect(seedOfWords(capitals ? `  ${text.toUpperCase()} ` : text)).toEqual({ seed });
    }),
  );
});

test("the words are BIP-39's Italian ones", () => {
  expect(wordsOfSeed(new Uint8Array(16)).join(" ")).toBe(
    "abaco abaco abaco abaco abaco abaco abaco abaco abaco abaco abaco abete",
  );
});

test("what is wrong with words is said by place", () => {
  const words = wordsOfSeed(new Uint8Array(16));
  expect(seedOfWords(words.slice(1).join(" "))).toEqual({ fault: "word_count", words: 11 });
  expect(seedOfWords(words.with(4, "zucchino").join(" "))).toEqual({
    fault: "unknown_word",
    place: 5,
    word: "zucchino",
  });
  expect(seedOfWords(words.with(11, "abaco").join(" "))).toEqual({ fault: "checksum" });
  expect(seedOfWords("")).toEqual({ fault: "word_count", words: 0 });
});

test("no list but the Italian one is read", () => {
  expect(seedOfWords(`${"abandon ".repeat(11)}about`)).toMatchObject({ fault: "unknown_word", place: 1 });
});

test("a seed of another length has no words", () => {
  expect(() => wordsOfSeed(new Uint8Array(32))).toThrow("32 bytes instead of 16");
});
