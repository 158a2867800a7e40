import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Card, cardHeaders, cardMarkup, cardPage, frameMarkup } from "./card";
import { cardAddress, cardPath } from "./paths";

const plain: Card = {
  ...{ owner: "Comune di Prova", title: "Piazza", language: "it", text: "Una piazza", note: null },
  ...{ facts: [{ term: "Tipo", value: "Piazza" }], address: "https://co-city.example/a", link: "Vai" },
};

/** What a browser reads as tags, and the values of the attributes of links. */
const tagsOf = (html: string) => html.match(/<[^>]*>/g) ?? [];

test("whatever people typed, a card has the tags of a card and no others", () => {
  const typed = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom(
      "<script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      "</article>",
      "&lt;b&gt;",
      "'--><b>",
    ),
  );
  const expected = tagsOf(cardMarkup(plain, "it"));
  fc.assert(
    fc.property(typed, typed, typed, typed, (title, text, value, owner) => {
      const card = { ...plain, title, owner, text: text || "x", facts: [{ term: "Tipo", value }] };
      expect(tagsOf(cardMarkup(card, "it"))).toEqual(expected);
      const page = cardPage(card, "it");
      expect(tagsOf(page).filter((tag) => /^<(script|img|b)\b/i.test(tag))).toEqual([]);
      const frame = frameMarkup("https://co-city.example/api/embed/x/commons/y?lingua=it", title);
      expect(tagsOf(frame)).toHaveLength(2);
      expect(frame.match(/"/g)).toHaveLength(14);
    }),
  );
});

test("a text in another language than the card says so", () => {
  expect(cardMarkup(plain, "en")).toContain('<h2 lang="it">Piazza</h2>');
  expect(cardMarkup(plain, "it")).toContain("<h2>Piazza</h2>");
});

test("a card's policy allows its own style and nothing that runs, loads or is sent", () => {
  const policy = cardHeaders["content-security-policy"] ?? "";
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'/,
  );
  expect(policy).not.toContain("unsafe");
});

test("an address leads to what it was made of, and anything else to nothing", () => {
  const parts = (address: string) => new URL(address, "https://x").pathname.split("/").slice(4);
  for (const [subject, slug] of [
    ["commons", "piazza-uno"],
    ["rounds", "2027"],
    ["money", ""],
  ] as const)
    expect(cardPath(parts(cardAddress("torino", subject, slug, "it")))).toEqual({ subject, slug });
  for (const path of [[], ["commons"], ["rounds"], ["money", "x"], ["commons", "a", "b"], ["people", "a"]])
    expect(cardPath(path)).toBeUndefined();
});
