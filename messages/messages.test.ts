import {
  isPluralElement,
  isSelectElement,
  isTagElement,
  type MessageFormatElement,
  parse,
  TYPE,
} from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { errorCodes } from "@/protocol/errors";
import { roles } from "@/protocol/primitives";
import { transactions } from "@/protocol/transactions";
import en from "./en.json";
import it_ from "./it.json";

const italian = flatten(it_);
const english = flatten(en);

describe("texts", () => {
  it("are the same in both languages", () => {
    expect([...english.keys()].sort()).toEqual([...italian.keys()].sort());
  });

  it("are never empty, and never the same sentence left untranslated", () => {
    const untranslated = [...italian].filter(
      ([key, text]) => text.split(" ").length > 3 && english.get(key) === text,
    );
    expect(untranslated).toEqual([]);
    for (const [key, text] of [...italian, ...english]) expect(text.trim(), key).not.toBe("");
  });

  it("take the same arguments, of the same kinds", () => {
    expect(argumentsOf("{a} {b, plural, one {{c}} other {#}}")).toEqual([
      "a: argument",
      "b: plural",
      "c: argument",
    ]);
    for (const [key, text] of italian)
      expect(argumentsOf(english.get(key) ?? ""), key).toEqual(withoutArticles(argumentsOf(text)));
  });

  it("have a sentence for each refusal of the chaincode and a word for each role", () => {
    expect(Object.keys(it_.errors)).toEqual(expect.arrayContaining([...errorCodes]));
    expect(Object.keys(it_.roles).sort()).toEqual([...roles].sort());
  });

  it("have a sentence for each transaction where it was taken and where it is to be taken", () => {
    const keys = Object.keys(transactions).flatMap((name) =>
      ["thread", "workflow"].map((where) => `${where}.steps.${name.replace(":", ".")}`),
    );
    expect(keys.filter((key) => !italian.has(key))).toEqual([]);
  });
});

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

/** `dayTo` («all’8 gennaio») is `day` in English, which has no forms of it: see lib/phrases.ts. */
function withoutArticles(names: readonly string[]): string[] {
  return [
    ...new Set(names.map((name) => name.replace(/(?<=[a-z])(?:The|To|From|Of)(?=: argument)/, ""))),
  ].sort();
}

/** Names and kinds of a message's arguments, `count: plural` for one; throws where it is not ICU. */
function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  const visit = (elements: readonly MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(`${element.value}: ${TYPE[element.type]}`);
      if (isPluralElement(element) || isSelectElement(element))
        for (const option of Object.values(element.options)) visit(option.value);
      if (isTagElement(element)) visit(element.children);
    }
  };
  visit(parse(message));
  return [...found].sort();
}
