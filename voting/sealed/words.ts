/** The seed of a voter's device: 128 bits, written down as twelve Italian words (BIP-39). */
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/italian.js";
import { requireLength } from "./bytes";

export const SEED = 16;
export const WORDS = 12;

const known: ReadonlySet<string> = new Set(wordlist);

export function wordsOfSeed(seed: Uint8Array): string[] {
  return entropyToMnemonic(requireLength(seed, SEED, "seed"), wordlist).split(" ");
}

export type ReadWords =
  | { readonly seed: Uint8Array }
  | { readonly fault: "word_count"; readonly words: number }
  /** `place` counts from 1. */
  | { readonly fault: "unknown_word"; readonly place: number; readonly word: string }
  /** All words are on the list, but one of them is another than was written down. */
  | { readonly fault: "checksum" };

/** Reads words as people write them: capitals, accents and whatever stands between them do not matter. */
export function seedOfWords(text: string): ReadWords {
  const words = text
    .slice(0, 1000)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
  const unknown = words.findIndex((word) => !known.has(word));
  const word = words[unknown];
  if (word !== undefined) return { fault: "unknown_word", place: unknown + 1, word };
  if (words.length !== WORDS) return { fault: "word_count", words: words.length };
  try {
    return { seed: mnemonicToEntropy(words.join(" "), wordlist) };
  } catch {
    return { fault: "checksum" };
  }
}
